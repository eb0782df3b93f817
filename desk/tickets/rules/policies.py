"""A line of the policies as an administrator types it, and as everybody reads it."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from desk.catalog.rules.offers import length
from desk.catalog.rules.typed import Length, target
from desk.i18n import say
from desk.sla.rules.policies import Line, Priority
from desk.sla.rules.targets import Target

_NAME = Meta(max_length=120)
Code = Annotated[str, Meta(max_length=64)]


class TypedLine(Struct, frozen=True, kw_only=True):
    """What is empty is not asked; a target that is empty is the service's own."""

    name_zh: Annotated[str, _NAME] = ""
    name_en: Annotated[str, _NAME] = ""
    service: Code | None = None
    priority: Priority | None = None
    department: Code | None = None
    critical: bool = False
    reply: Length | Literal[""] = ""
    reply_amount: int | None = None
    resolution: Length | Literal[""] = ""
    resolution_amount: int | None = None


class LineSaid(Struct, frozen=True, kw_only=True):
    """`reply` and `resolution` are words, empty where the service's own target stays."""

    id: int
    place: int
    name: str
    when: list[str]
    reply: str
    resolution: str
    critical: bool


class Names(Struct, frozen=True):
    """Of services and departments by id, in one language."""

    services: Mapping[int, str]
    departments: Mapping[int, str]


def line(typed: TypedLine, *, service: int | None, department: int | None) -> Line:
    """Raises Invalid for a length of time without its number."""
    return Line(
        zh=typed.name_zh.strip(),
        en=typed.name_en.strip(),
        service=service,
        priority=typed.priority,
        department=department,
        critical=typed.critical,
        reply=_target(typed.reply, typed.reply_amount, "reply_amount"),
        resolution=_target(typed.resolution, typed.resolution_amount, "resolution_amount"),
    )


def told(of: Line, names: Names, language: str) -> LineSaid:
    return LineSaid(
        id=of.id,
        place=of.place,
        name=of.name(language),
        when=_when(of, names, language),
        reply=_length(of.reply, "replies", language),
        resolution=_length(of.resolution, "resolves", language),
        critical=of.is_critical,
    )


def _target(length: Any, amount: int | None, name: str) -> Target | None:
    return target(length, amount, name) if length else None


def _length(of: Target | None, verb: str, language: str) -> str:
    return say(language, f"catalog.{verb}", length=length(of, language)) if of else ""


def _when(of: Line, names: Names, language: str) -> list[str]:
    found = []
    if of.service is not None:
        found.append(say(language, "catalog.when_service", name=names.services.get(of.service, "")))
    if of.department is not None:
        found.append(say(language, "catalog.when_from", name=names.departments.get(of.department, "")))
    if of.priority is not None:
        found.append(say(language, "sla.when_priority", priority=say(language, f"tickets.priority_{of.priority}")))
    if of.critical:
        found.append(say(language, "sla.when_critical"))
    return found
