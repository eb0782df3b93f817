"""A service as somebody writes it down, before it is one."""

import re

from msgspec import Struct

from desk.disclosure.rules import Reason
from desk.i18n import Invalid, Sentence
from desk.sla.rules.targets import Budget, HalfDay, SameDay, Target

ICONS = (
    "receipt", "signature", "calendar-clock", "handshake", "id-card", "users", "user", "laptop", "wifi", "key-round",
    "door-open", "building-2", "package", "printer", "calendar-days", "mail", "megaphone", "file-text", "circle-help",
)  # fmt: skip
_CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")
_RESERVED = {"suggestions", "new"}  # addresses of their own beside /services/{code}
_SHUT = 2  # from here on a tier needs a reason
_HIGHEST = 3  # core needs a second person, so no service can set it for everybody
MOST_DAYS, MOST_HOURS = 60, 400  # business time that a service may promise
_NAME, _TEXT = 120, 2000  # characters


class Draft(Struct, frozen=True, kw_only=True):
    """`department` is a code, `bring` one thing a line, and the cut-off of "the same day" is the calendar's."""

    department: str
    name_zh: str
    name_en: str
    icon: str = "circle-help"
    scope_zh: str = ""
    scope_en: str = ""
    excludes_zh: str = ""
    excludes_en: str = ""
    bring_zh: str = ""
    bring_en: str = ""
    keywords: str = ""
    tier: int = 1
    tier_reason: str | None = None
    reply: Target = SameDay()
    resolution: Target = SameDay(extra_days=2)
    approvers: tuple[str, ...] = ()
    catch_all: bool = False
    position: int | None = None


def check_code(code: str) -> None:
    """Raises Invalid unless it can stand in an address."""
    if not _CODE.fullmatch(code) or code in _RESERVED:
        raise Invalid({"code": Sentence("catalog.bad_code")})


def check_draft(draft: Draft) -> None:
    """Raises Invalid with a sentence for every field at fault."""
    faults = _names(draft) | _tier(draft) | _texts(draft)
    if draft.icon not in ICONS:
        faults["icon"] = Sentence("catalog.bad_icon")
    for name, target in (("reply", draft.reply), ("resolution", draft.resolution)):
        if not _lasts(target):
            faults[name] = Sentence("catalog.bad_target")
    if faults:
        raise Invalid(faults)


def _lasts(target: Target) -> bool:
    """Whether it is a length of business time, as every request of a service gets it."""
    match target:
        case SameDay(cutoff=cutoff, extra_days=extra):
            return cutoff is None and 0 <= extra <= MOST_DAYS
        case Budget(seconds=seconds):
            return 0 < seconds <= MOST_HOURS * 3600
    return isinstance(target, HalfDay)


def _names(draft: Draft) -> dict[str, Sentence]:
    names = {"name_zh": draft.name_zh, "name_en": draft.name_en}
    return {
        name: Sentence("catalog.bad_name", most=_NAME)
        for name, text in names.items()
        if not 0 < len(text.strip()) <= _NAME
    }


def _tier(draft: Draft) -> dict[str, Sentence]:
    """A service files at 0 to 3, and from 2 on it says why (specs/disclosure.md)."""
    if not 0 <= draft.tier <= _HIGHEST:
        return {"tier": Sentence("catalog.bad_tier")}
    if draft.tier >= _SHUT and draft.tier_reason not in set(Reason):
        return {"tier_reason": Sentence("catalog.tier_needs_reason")}
    return {}


def _texts(draft: Draft) -> dict[str, Sentence]:
    """What a service is said in both languages or in none: half of the readers would miss the other half."""
    faults = {}
    for name in ("scope", "excludes", "bring"):
        zh, en = getattr(draft, f"{name}_zh"), getattr(draft, f"{name}_en")
        for language, text, other in (("zh", zh, en), ("en", en, zh)):
            if len(text) > _TEXT:
                faults[f"{name}_{language}"] = Sentence("catalog.too_long", most=_TEXT, length=len(text))
            elif other.strip() and not text.strip():
                faults[f"{name}_{language}"] = Sentence("catalog.both_languages")
    if len(draft.keywords) > _TEXT:
        faults["keywords"] = Sentence("catalog.too_long", most=_TEXT, length=len(draft.keywords))
    return faults
