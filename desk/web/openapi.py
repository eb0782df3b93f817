"""What the API's document cannot see: doors read their bodies themselves, so that every fault is told at once."""

from dataclasses import dataclass
from typing import Any

import msgspec
from litestar.openapi.spec import Components, OpenAPIMediaType, Operation, RequestBody, Schema, SecurityScheme
from msgspec import Struct

ACCESS = Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")})
_NAMES = {
    "maxLength": "max_length",
    "minLength": "min_length",
    "anyOf": "any_of",
    "additionalProperties": "additional_properties",
}


def takes(into: type[Struct]) -> type[Operation]:
    """A door's `operation_class`: the body that it reads."""
    told = msgspec.json.schema(into)
    body = RequestBody(
        content={"application/json": OpenAPIMediaType(schema=_schema(told, told["$defs"]))}, required=True
    )

    @dataclass
    class Takes(Operation):
        def __post_init__(self) -> None:
            self.request_body = body

    return Takes


def _schema(told: dict[str, Any], known: dict[str, Any]) -> Schema:
    """JSON Schema as msgspec writes it, with what it refers to put in its place."""
    if "$ref" in told:
        return _schema(known[told["$ref"].rpartition("/")[2]], known)
    return Schema(
        **{_NAMES.get(name, name): _value(name, value, known) for name, value in told.items() if name != "$defs"}
    )


def _value(name: str, value: Any, known: dict[str, Any]) -> Any:
    match name, value:
        case "properties", dict():
            return {field: _schema(told, known) for field, told in value.items()}
        case "items" | "additionalProperties", dict():
            return _schema(value, known)
        case "anyOf", list():
            return [_schema(told, known) for told in value]
    return value
