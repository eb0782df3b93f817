"""A service and the questions of its form, as values in both languages."""

import hashlib
import re
from collections.abc import Collection, Sequence
from enum import StrEnum

import msgspec
from msgspec import Struct, structs

from desk.i18n import Forbidden, Invalid, Refused, Sentence, either
from desk.sla.rules.targets import Target

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class NoService(Refused):
    """No service has that code, or it is no longer offered."""

    status = 404

    def __init__(self) -> None:
        super().__init__("catalog.no_service")


class Kind(StrEnum):
    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PERSON = "person"


class Choice(Struct, frozen=True):
    value: str
    zh: str
    en: str

    def label(self, language: str) -> str:
        return either(language, self.zh, self.en)


class Field(Struct, frozen=True, kw_only=True):
    """One question. `name` is what the API and routing rules call it."""

    name: str
    kind: Kind
    label_zh: str
    label_en: str
    hint_zh: str = ""
    hint_en: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = True

    def label(self, language: str) -> str:
        return either(language, self.label_zh, self.label_en)

    def hint(self, language: str) -> str:
        return either(language, self.hint_zh, self.hint_en)


class Service(Struct, frozen=True, kw_only=True):
    """`department` is the id of the one that is accountable."""

    id: int
    code: str
    position: int
    department: int
    department_code: str
    department_zh: str
    department_en: str
    icon: str
    name_zh: str
    name_en: str
    scope_zh: str
    scope_en: str
    excludes_zh: str
    excludes_en: str
    bring_zh: str
    bring_en: str
    keywords: str
    tier: int
    tier_reason: str | None
    reply: Target
    resolution: Target
    approvers: tuple[str, ...]  # who signs before it is done, in order
    catch_all: bool
    retired: bool
    fields: tuple[Field, ...] = ()

    def name(self, language: str) -> str:
        return either(language, self.name_zh, self.name_en)

    def scope(self, language: str) -> str:
        return either(language, self.scope_zh, self.scope_en)

    def excludes(self, language: str) -> str:
        return either(language, self.excludes_zh, self.excludes_en)

    def bring(self, language: str) -> list[str]:
        """What to bring, item by item."""
        return lines(either(language, self.bring_zh, self.bring_en))

    def department_name(self, language: str) -> str:
        return either(language, self.department_zh, self.department_en)


def fingerprint(service: Service) -> str:
    """Tells whether a service, its form apart, is still what was on the screen."""
    told = msgspec.json.encode(structs.replace(service, fields=()))
    return hashlib.sha256(told).hexdigest()[:16]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def may_change(roles: Collection[str]) -> bool:
    """The catalogue and the routing rules are kept by administrators."""
    return "administrator" in roles


def check_may_change(roles: Collection[str]) -> None:
    """Raises Forbidden."""
    if not may_change(roles):
        raise Forbidden("catalog.administrators_only")


def check_fields(fields: Sequence[Field]) -> None:
    """Raises Invalid when a question could not be asked or answered."""
    faults: dict[str, Sentence] = {}
    for n, field in enumerate(fields):
        if not _NAME.fullmatch(field.name):
            faults["name"] = Sentence("catalog.bad_field_name", name=field.name)
        elif any(other.name == field.name for other in fields[:n]):
            faults["name"] = Sentence("catalog.field_name_taken", name=field.name)
        if (field.kind is Kind.CHOICE) != bool(field.choices):
            key = "catalog.choices_needed" if field.kind is Kind.CHOICE else "catalog.choices_not_wanted"
            faults["choices"] = Sentence(key)
        elif len({choice.value for choice in field.choices}) < len(field.choices):
            faults["choices"] = Sentence("catalog.choice_twice")
    if faults:
        raise Invalid(faults)
