"""Items as DynamoDB spells them, and back."""

from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from scheduler.items import Item

_serialize = TypeSerializer().serialize
_deserialize = TypeDeserializer().deserialize


def to_wire(item: Item) -> dict[str, Any]:
    """Write an item, or the values of an expression, in DynamoDB's form: ``{"id": {"S": "…"}}``."""
    return {name: _serialize(value) for name, value in item.items()}


def from_wire(item: dict[str, Any]) -> Item:
    """Read an item from DynamoDB's form."""
    return {name: _whole(_deserialize(value)) for name, value in item.items()}


def key_on_wire(pk: str, sk: str) -> dict[str, Any]:
    """An item's key in DynamoDB's form."""
    return {"PK": {"S": pk}, "SK": {"S": sk}}


def _whole(value: object) -> object:
    """DynamoDB's numbers are decimals; ours are whole."""
    if isinstance(value, Decimal):
        return int(value)
    if isinstance(value, dict):
        return {name: _whole(inner) for name, inner in value.items()}
    return value
