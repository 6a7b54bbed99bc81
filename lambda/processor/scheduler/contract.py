"""The contract that the documents keep: what it refuses must not reach a display, which would refuse it too."""

import functools
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import fastjsonschema

SCHEMA = "contract/schedule.schema.json"


def why_refused(kind: str, document: Mapping[str, Any]) -> str | None:
    """Tell what is wrong with a document.

    Args:
        kind: ``index`` or ``day``.
        document: The document.

    Returns:
        A sentence that names the place and never quotes what stands there; None where nothing is wrong.
    """
    try:
        _checks()[kind](document)
    except fastjsonschema.JsonSchemaValueException as error:
        return f"{'/'.join(['', *map(str, error.path[1:])]) or '/'} breaks the rule {error.rule}"
    return None


@functools.cache
def _checks() -> dict[str, Callable[[Mapping[str, Any]], Any]]:
    schema = json.loads(_schema_path().read_text())
    definitions = {"$schema": schema["$schema"], "definitions": schema["definitions"]}
    return {
        kind: fastjsonschema.compile(definitions | {"$ref": f"#/definitions/{kind}"}, use_default=False, use_formats=False)
        for kind in ("index", "day")
    }


def _schema_path() -> Path:
    """The nearest one above: beside the function where it is deployed, at the top where it is developed."""
    return next(path for folder in Path(__file__).parents if (path := folder / SCHEMA).exists())
