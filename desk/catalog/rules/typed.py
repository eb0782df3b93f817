"""What an administrator types about a service, a question or a rule, and the values that it means."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from desk.catalog.rules.draft import MOST_DAYS, MOST_HOURS, Draft
from desk.catalog.rules.service import Choice, Field, Kind, Service, fingerprint, lines
from desk.i18n import Invalid, Sentence
from desk.sla.rules.targets import Budget, HalfDay, SameDay, Target

_HOUR = 3600  # business seconds
_NAME, _TEXT = Meta(max_length=120), Meta(max_length=2000)
Length = Literal["same_day", "half_day", "days", "hours"]


class TypedService(Struct, frozen=True, kw_only=True):
    """The form of a service. `code` is given once, when it is new."""

    department: str
    name_zh: Annotated[str, _NAME]
    name_en: Annotated[str, _NAME]
    code: Annotated[str, _NAME] = ""
    seen: Annotated[str, _NAME] = ""  # fingerprint of what was on the screen
    icon: str = "circle-help"
    scope_zh: Annotated[str, _TEXT] = ""
    scope_en: Annotated[str, _TEXT] = ""
    excludes_zh: Annotated[str, _TEXT] = ""
    excludes_en: Annotated[str, _TEXT] = ""
    bring_zh: Annotated[str, _TEXT] = ""
    bring_en: Annotated[str, _TEXT] = ""
    keywords: Annotated[str, _TEXT] = ""
    tier: int = 1
    tier_reason: str = ""
    reply: Length = "same_day"
    reply_amount: int | None = None
    resolution: Length = "days"
    resolution_amount: int | None = None
    approver_1: str = ""
    approver_2: str = ""
    approver_3: str = ""
    catch_all: bool = False
    position: Annotated[int, Meta(ge=1, le=9999)] | None = None


class TypedField(Struct, frozen=True, kw_only=True):
    """The form of a question; choices one a line: value|中文|English. `place` counts from 1."""

    name: Annotated[str, _NAME]
    kind: Kind
    label_zh: Annotated[str, Meta(min_length=1, max_length=120)]
    label_en: Annotated[str, Meta(min_length=1, max_length=120)]
    hint_zh: Annotated[str, Meta(max_length=240)] = ""
    hint_en: Annotated[str, Meta(max_length=240)] = ""
    choices: Annotated[str, _TEXT] = ""
    required: bool = False
    place: Annotated[int, Meta(ge=1, le=99)] = 99


class TypedRule(Struct, frozen=True, kw_only=True):
    """The form of a routing rule; what is empty is not asked."""

    department: str
    service: str | None = None
    from_department: str | None = None
    field: Annotated[str, Meta(max_length=40)] | None = None
    equals: Annotated[str, Meta(max_length=200)] | None = None
    contains: Annotated[str, Meta(max_length=200)] | None = None
    handler: Annotated[str, Meta(max_length=64)] | None = None
    least: bool = False


def draft(typed: TypedService) -> Draft:
    """Raises Invalid for a length of time without its number."""
    same = {name: getattr(typed, name) for name in Draft.__struct_fields__ if name in typed.__struct_fields__}
    targets = {
        "reply": target(typed.reply, typed.reply_amount, "reply_amount"),
        "resolution": target(typed.resolution, typed.resolution_amount, "resolution_amount"),
    }
    approvers = tuple(filter(None, (typed.approver_1, typed.approver_2, typed.approver_3)))
    return Draft(**same | targets | {"tier_reason": typed.tier_reason or None, "approvers": approvers})


def service_typed(service: Service) -> dict[str, str]:
    """A service's values as its form shows them."""
    shown = {name: getattr(service, name) for name in TypedService.__struct_fields__ if hasattr(service, name)}
    texts = {name: "" if value is None else str(value) for name, value in shown.items() if not isinstance(value, bool)}
    texts |= {"department": service.department_code, "catch_all": "on" if service.catch_all else ""}
    texts |= {f"approver_{n}": step for n, step in enumerate(service.approvers, 1)} | {"seen": fingerprint(service)}
    for name, wanted in (("reply", service.reply), ("resolution", service.resolution)):
        texts[name], texts[f"{name}_amount"] = _length(wanted)
    return texts


def field(typed: TypedField) -> Field:
    """Raises Invalid for a line of choices that has not three parts."""
    return Field(
        name=typed.name.strip(),
        kind=typed.kind,
        label_zh=typed.label_zh,
        label_en=typed.label_en,
        hint_zh=typed.hint_zh,
        hint_en=typed.hint_en,
        choices=_choices(typed.choices),
        required=typed.required,
    )


def field_typed(one: Field, place: int) -> dict[str, str]:
    texts = {name: str(value) for name, value in structs.asdict(one).items() if isinstance(value, str)}
    choices = "\n".join(f"{choice.value}|{choice.zh}|{choice.en}" for choice in one.choices)
    return texts | {"choices": choices, "required": "on" if one.required else "", "place": str(place)}


def placed(form: tuple[Field, ...], new: Field, place: int, *, instead_of: str | None = None) -> list[Field]:
    """The form with a question at a place (from 1), in the stead of the one of that name."""
    others = [one for one in form if one.name != instead_of]
    return [*others[: place - 1], new, *others[place - 1 :]]


def target(length: Length, amount: int | None, name: str) -> Target:
    """`name`: the field of the amount. Raises Invalid about it when a number is missing or too big."""
    most = {"days": MOST_DAYS, "hours": MOST_HOURS}.get(length)
    if most is not None and not 1 <= (amount or 0) <= most:
        raise Invalid({name: Sentence("catalog.bad_amount", most=most)})
    match length:
        case "half_day":
            return HalfDay()
        case "days":
            return SameDay(extra_days=amount or 0)
        case "hours":
            return Budget(seconds=(amount or 0) * _HOUR)
    return SameDay()


def _length(target: Target) -> tuple[str, str]:
    match target:
        case SameDay(extra_days=extra) if extra:
            return "days", str(extra)
        case HalfDay():
            return "half_day", ""
        case Budget(seconds=seconds):
            return "hours", str(-(-seconds // _HOUR))
    return "same_day", ""


def _choices(text: str) -> tuple[Choice, ...]:
    found = []
    for n, line in enumerate(lines(text), 1):
        parts = [part.strip() for part in line.replace("｜", "|").split("|")]
        if len(parts) != 3 or not all(parts):
            raise Invalid({"choices": Sentence("catalog.bad_choice", n=n)})
        found.append(Choice(*parts))
    return tuple(found)
