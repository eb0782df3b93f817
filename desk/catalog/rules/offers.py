"""A service as it is offered to a reader: in one language, with its promises in words."""

from msgspec import Struct

from desk.catalog.rules.service import Field, Service
from desk.i18n import say
from desk.sla.rules.targets import Budget, HalfDay, Moment, SameDay, Target

_HOUR = 3600  # business seconds


class Offer(Struct, frozen=True, kw_only=True):
    """`reply` and `resolution` are lengths of time in words: 当天答复, 2个工作日办结."""

    code: str
    href: str
    icon: str
    name: str
    scope: str
    excludes: str
    bring: list[str]
    department: str
    tier: int
    reply: str
    resolution: str
    retired: bool


class Question(Struct, frozen=True, kw_only=True):
    """One question of a form, in words."""

    name: str
    label: str
    hint: str
    kind: str
    choices: str
    required: bool


def offer(service: Service, language: str) -> Offer:
    return Offer(
        code=service.code,
        href=f"/new?service={service.code}",
        icon=service.icon,
        name=service.name(language),
        scope=service.scope(language),
        excludes=service.excludes(language),
        bring=service.bring(language),
        department=service.department_name(language),
        tier=service.tier,
        reply=say(language, "catalog.replies", length=length(service.reply, language)),
        resolution=say(language, "catalog.resolves", length=length(service.resolution, language)),
        retired=service.retired,
    )


def length(target: Target, language: str) -> str:
    """当天, 半天, 2个工作日, 4个工作小时"""
    match target:
        case HalfDay():
            return say(language, "catalog.half_day")
        case Budget(seconds=seconds) if seconds % _HOUR == 0:
            return say(language, "catalog.hours", n=seconds // _HOUR)
        case Budget(seconds=seconds):
            return say(language, "catalog.minutes", n=-(-seconds // 60))
        case SameDay(extra_days=extra) if extra:
            return say(language, "catalog.days", n=extra)
        case Moment():
            return say(language, "catalog.moment")
    return say(language, "catalog.same_day")


def question(field: Field, language: str) -> Question:
    return Question(
        name=field.name,
        label=field.label(language),
        hint=field.hint(language),
        kind=say(language, f"catalog.kind_{field.kind}"),
        choices=say(language, "catalog.comma").join(choice.label(language) for choice in field.choices),
        required=field.required,
    )
