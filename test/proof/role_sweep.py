"""Tries every operation of AWS services under some credentials: ``python role_sweep.py < targets.json`` prints what each was answered.

The input names a service and its resources: ``[{"service": "s3", "values": {"Bucket": "…", "Key": "…"}}]``, and all parameters of an
operation where its name is among the values; what else an operation needs is made up from its model. The answer is, for each entry, the
error code by operation, null where the call went through.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

ONE_TRY = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, parameter_validation=False, read_timeout=20)
AT_A_TIME = 4


def sweep(service, values):
    """Gives the error code of each of a service's operations."""
    client = boto3.client(service, config=ONE_TRY)
    model = client.meta.service_model
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        names = list(model.operation_names)
        return dict(zip(names, pool.map(lambda name: attempt(client, model.operation_model(name), values), names), strict=True))


def attempt(client, operation, values):
    """Calls one operation with the least that it needs."""
    shape = operation.input_shape
    try:
        parameters = values[operation.name] if operation.name in values else made_up(shape, values) if shape else {}
        answer = getattr(client, xform_name(operation.name))(**parameters)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        return f"{code} {error.response['ResponseMetadata'].get('HTTPStatusCode')}"
    except Exception as error:
        return f"not sent: {type(error).__name__}: {error}"
    reasons = [failed.get("Code") or failed.get("ErrorCode") for failed in answer.get("Errors") or answer.get("Failed") or []]
    return reasons[0] if reasons else None


def made_up(shape, values, name=""):
    """A value of a shape: the given one, or the shortest that it allows."""
    if name in values:
        return values[name]
    if shape.type_name == "structure":
        needed = {member for member in shape.members if member in shape.required_members or member in values}
        if getattr(shape, "is_tagged_union", False) and not needed:
            needed = set(list(shape.members)[:1])
        return {member: made_up(shape.members[member], values, member) for member in sorted(needed)}
    if shape.type_name == "list":
        return [made_up(shape.member, values, name.removesuffix("s"))]
    if shape.type_name == "map":
        return {"x": made_up(shape.value, values)}
    if shape.type_name == "string":
        return shape.enum[0] if getattr(shape, "enum", None) else "x" * max(1, shape.metadata.get("min", 1))
    simple = {"integer": 1, "long": 1, "float": 1.0, "double": 1.0, "boolean": True, "blob": b"x", "timestamp": 0}
    return simple[shape.type_name]


if __name__ == "__main__":
    print(json.dumps([sweep(**target) for target in json.load(sys.stdin)]))
