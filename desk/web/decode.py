"""Raw input into a msgspec Struct, field by field, so that every fault is told at once and in words."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from litestar.datastructures import UploadFile
from msgspec import NODEFAULT, Struct, inspect, structs

from desk.i18n import Invalid, Sentence

S = TypeVar("S", bound=Struct)
_BIGGEST = 2**63 - 1  # what a bigint column holds


def struct(into: type[S], raw: Mapping[str, Any], *, zone: ZoneInfo | None = None) -> S:
    """A Struct of raw values. With a zone they come from a form: words become numbers and dates, empty means absent.

    Raises Invalid with a fault for every field that is missing, unknown or of the wrong type.
    """
    values, faults = _gather(into, raw, zone, "")
    if faults:
        raise Invalid(faults)
    return into(**values)


@cache
def fields_of(into: type[Struct]) -> dict[str, tuple[structs.FieldInfo, inspect.Type]]:
    """By the name under which each is sent."""
    return {field.encode_name: (field, inspect.type_info(field.type)) for field in structs.fields(into)}


def _gather(
    into: type[Struct], raw: Mapping[str, Any], zone: ZoneInfo | None, path: str
) -> tuple[dict[str, Any], dict[str, Sentence]]:
    values: dict[str, Any] = {}
    faults: dict[str, Sentence] = {}
    known = fields_of(into)
    for name in raw.keys() - known.keys():
        faults[path + name] = Sentence("web.unknown_field", name=name[:60])
    for name, (field, info) in known.items():
        required = field.default is NODEFAULT and field.default_factory is NODEFAULT
        if name not in raw or (zone and _is_blank(raw[name]) and (not required or not _may_be_empty(info))):
            if required:
                faults[path + name] = Sentence("web.required")
            continue
        value, found = _one(field.type, info, raw[name], zone, path + name)
        values[field.name] = value
        faults |= found
    return values, dict(sorted(faults.items(), key=lambda fault: _place(fault[0][len(path) :], known)))


def _one(kind: Any, info: inspect.Type, raw: Any, zone: ZoneInfo | None, path: str) -> tuple[Any, dict[str, Sentence]]:
    inner = _inner(info)
    if isinstance(inner, inspect.StructType) and isinstance(raw, dict):
        values, faults = _gather(inner.cls, raw, zone, f"{path}.")
        return (None if faults else inner.cls(**values)), faults
    try:
        sent = _from_form(info, raw, zone) if zone else raw
        value = msgspec.convert(sent, kind, strict=zone is None, dec_hook=_hook)
    except (msgspec.ValidationError, ValueError):
        return None, {path: why_not(inner, raw)}
    if isinstance(value, int) and abs(value) > _BIGGEST:
        return None, {path: why_not(inner, raw)}
    return value, {}


def _from_form(info: inspect.Type, raw: Any, zone: ZoneInfo) -> Any:
    inner, verbatim = _inner(info), _extra(info).get("verbatim", False)
    if isinstance(raw, list):
        return [_from_form(inner, part, zone) for part in raw]
    if not isinstance(raw, str) or verbatim:
        return raw
    text = raw.replace("\r\n", "\n").strip()
    if isinstance(inner, inspect.DateTimeType):
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=zone)
    if isinstance(inner, inspect.BoolType) and text == "on":
        return True
    return text


def why_not(info: inspect.Type, raw: Any) -> Sentence:
    """The sentence for a value that does not fit its type."""
    match info:
        case inspect.StrType(max_length=int(most)) if isinstance(raw, str) and len(raw) > most:
            return Sentence("web.too_long", most=most, length=len(raw))
        case inspect.StrType(min_length=int(least)) if isinstance(raw, str) and len(raw.strip()) < least:
            return Sentence("web.required") if least == 1 else Sentence("web.too_short", least=least)
        case inspect.IntType(ge=int(low), le=int(high)):
            return Sentence("web.between", low=low, high=high)
        case inspect.IntType():
            return Sentence("web.whole_number")
        case inspect.FloatType() | inspect.DecimalType():
            return Sentence("web.number")
        case inspect.EnumType() | inspect.LiteralType() | inspect.BoolType():
            return Sentence("web.choice")
        case inspect.DateType():
            return Sentence("web.date")
        case inspect.DateTimeType():
            return Sentence("web.date_and_time")
    return Sentence("web.does_not_fit")


def _inner(info: inspect.Type) -> inspect.Type:
    """The type below Annotated, `| None` and lists: what one value must be."""
    match info:
        case inspect.Metadata(type=below):
            return _inner(below)
        case inspect.UnionType(types=types):
            return _inner(next(one for one in types if not isinstance(one, inspect.NoneType)))
        case inspect.ListType(item_type=below) | inspect.VarTupleType(item_type=below):
            return _inner(below)
    return info


def _extra(info: inspect.Type) -> dict[str, Any]:
    return (info.extra or {}) if isinstance(info, inspect.Metadata) else {}


def _may_be_empty(info: inspect.Type) -> bool:
    return isinstance(info, inspect.ListType | inspect.VarTupleType)


def _is_blank(raw: Any) -> bool:
    return not raw or (isinstance(raw, str) and not raw.strip())


def _place(name: str, known: Mapping[str, Any]) -> int:
    order = list(known)
    head = name.split(".")[0]
    return order.index(head) if head in order else len(order)


def _hook(kind: type, value: Any) -> Any:
    if kind is UploadFile and isinstance(value, UploadFile):
        return value
    raise ValueError
