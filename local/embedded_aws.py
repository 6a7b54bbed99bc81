"""MiniStack, which is told the partitions of DynamoDB that a request names.

By itself it does not know ``dynamodb:LeadingKeys``, the condition by which the office's role reads some partitions and no others.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from ministack.app import main
from ministack.core import iam_actions

# Of every table here.
PARTITION_KEY = "PK"
QUERIED = re.compile(rf"\b{PARTITION_KEY} = (:\w+)")


def partitions(request: dict[str, Any]) -> Iterator[str]:
    """Each partition that a request names, be it in a query or as the key of an item; none where it goes through all of them."""
    queried = QUERIED.search(request.get("KeyConditionExpression", ""))
    if queried:
        yield request["ExpressionAttributeValues"][queried[1]]["S"]
    yield from _of_keys(request)


def _of_keys(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _of_keys(each)
    elif isinstance(value, dict):
        key = value.get(PARTITION_KEY)
        if isinstance(key, dict) and "S" in key:
            yield key["S"]
        else:
            yield from _of_keys(list(value.values()))


_context = iam_actions.dynamodb_service_context


def _with_partitions(body: bytes) -> dict[str, Any]:
    context: dict[str, Any] = _context(body)
    try:
        named = list(partitions(json.loads(body)))
    except (ValueError, AttributeError, KeyError, TypeError):
        # What is no request is refused by DynamoDB itself.
        return context
    return {**context, **({"dynamodb:LeadingKeys": named} if named else {})}


iam_actions.dynamodb_service_context = _with_partitions
main()
