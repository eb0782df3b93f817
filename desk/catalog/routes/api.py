"""The catalogue for programs, in the reader's language."""

from typing import Any

from litestar import get
from msgspec import Struct

from desk import db
from desk.catalog import queries
from desk.catalog.rules.offers import length
from desk.catalog.rules.service import Field, Service
from desk.sla.rules import targets
from desk.sla.rules.targets import Target
from desk.web.viewer import AnyRequest, Asks, language


class ChoiceSaid(Struct, frozen=True):
    value: str
    label: str


class FieldSaid(Struct, frozen=True):
    name: str
    kind: str
    label: str
    hint: str
    required: bool
    choices: list[ChoiceSaid]


class TargetSaid(Struct, frozen=True):
    words: str
    rule: dict[str, Any]


class TargetsSaid(Struct, frozen=True):
    reply: TargetSaid
    resolution: TargetSaid


class DepartmentSaid(Struct, frozen=True):
    id: str
    name: str


class ServiceSaid(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    name_zh: str
    name_en: str
    scope: str
    excludes: str
    bring: list[str]
    department: DepartmentSaid
    tier: int
    targets: TargetsSaid
    fields: list[FieldSaid]


class ServicesSaid(Struct, frozen=True):
    items: list[ServiceSaid]
    next: str | None = None


@get("/api/services", tags=["services"], summary="The services that can be asked for")
async def services(request: AnyRequest, reader: Asks) -> ServicesSaid:
    said = language(request)
    async with db.acting_as(reader, writing=False):
        found = await queries.services()
    return ServicesSaid([_service(one, said) for one in found])


def _service(one: Service, said: str) -> ServiceSaid:
    return ServiceSaid(
        id=one.code,
        name=one.name(said),
        name_zh=one.name_zh,
        name_en=one.name_en,
        scope=one.scope(said),
        excludes=one.excludes(said),
        bring=one.bring(said),
        department=DepartmentSaid(one.department_code, one.department_name(said)),
        tier=one.tier,
        targets=TargetsSaid(_target(one.reply, said), _target(one.resolution, said)),
        fields=[_field(field, said) for field in one.fields],
    )


def _target(target: Target, said: str) -> TargetSaid:
    return TargetSaid(length(target, said), targets.document(target))


def _field(field: Field, said: str) -> FieldSaid:
    choices = [ChoiceSaid(choice.value, choice.label(said)) for choice in field.choices]
    return FieldSaid(field.name, field.kind.value, field.label(said), field.hint(said), field.required, choices)


routes = [services]
