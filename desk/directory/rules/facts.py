"""What a person and a department may look like."""

import re
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from desk.i18n import LANGUAGES, Invalid, Refused, Sentence

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_EMAIL = re.compile(r"[^@\s,;:<>()\"\\]+@[^@\s,;:<>()\"\\]+\.[^@\s,;:<>()\"\\]+")
_CODE = re.compile(r"[a-z][a-z0-9-]{1,31}")
_LONGEST_NAME = 120
_LONGEST_ABSENCE = timedelta(days=366)
_FARTHEST_ABSENCE = timedelta(days=731)
THEMES = ("light", "dark")
Faults = dict[str, Sentence]


OWN = "mail"  # the desk itself, as far as it must be a person: nobody else has this login


class Unknown(Refused):
    """No such person or department. The directory is open to every employee, so this hides nothing."""

    status = 404


def plain(text: str | None) -> str | None:
    """Without blanks around it; nothing left is None."""
    return (text or "").strip() or None


def person_faults(facts: dict[str, str | None]) -> Faults:
    """Field -> fault, for those of login, name, email, title, language, theme, zone that are given."""
    faults: Faults = {}
    if "login" in facts and (facts["login"] == OWN or not _LOGIN.fullmatch(facts["login"] or "")):
        faults["login"] = Sentence("directory.bad_login")
    if "name" in facts and not 0 < len(facts["name"] or "") <= _LONGEST_NAME:
        faults["name"] = Sentence("directory.bad_name", most=_LONGEST_NAME)
    email = facts.get("email", "a@b.cn") or ""
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        faults["email"] = Sentence("directory.bad_email")
    if len(facts.get("title") or "") > _LONGEST_NAME:
        faults["title"] = Sentence("directory.bad_title", most=_LONGEST_NAME)
    return faults | _habit_faults(facts)


def _habit_faults(facts: dict[str, str | None]) -> Faults:
    faults: Faults = {}
    if facts.get("language") not in (None, *LANGUAGES):
        faults["language"] = Sentence("directory.bad_language")
    if facts.get("theme") not in (None, *THEMES):
        faults["theme"] = Sentence("directory.bad_theme")
    if facts.get("zone") is not None and facts["zone"] not in available_timezones():
        faults["zone"] = Sentence("directory.bad_zone")
    return faults


def check_person(**facts: str | None) -> None:
    """Raises Invalid with a sentence for every field at fault."""
    if faults := person_faults(facts):
        raise Invalid(faults)


def department_faults(code: str | None, name_zh: str, name_en: str) -> Faults:
    faults: Faults = {}
    if code is not None and not _CODE.fullmatch(code):
        faults["code"] = Sentence("directory.bad_code")
    for field, name in (("name_zh", name_zh), ("name_en", name_en)):
        if not 0 < len(name) <= 64:
            faults[field] = Sentence("directory.bad_name", most=64)
    return faults


def check_department(code: str | None, *, name_zh: str, name_en: str) -> None:
    """`code` is None for a department that has one already. Raises Invalid."""
    if faults := department_faults(code, name_zh, name_en):
        raise Invalid(faults)


def check_absence(person: int, deputy: int | None, *, since: datetime, until: datetime, now: datetime) -> None:
    """An absence ends after it begins and after now, within a year and within two years from now; nobody is their own
    deputy. Raises Invalid.
    """
    faults: Faults = {}
    if until <= since or until <= now:
        faults["until"] = Sentence("directory.absence_over")
    elif until - now > _FARTHEST_ABSENCE:
        faults["until"] = Sentence("directory.absence_too_far")
    elif until - since > _LONGEST_ABSENCE:
        faults["until"] = Sentence("directory.absence_too_long")
    if deputy == person:
        faults["deputy"] = Sentence("directory.own_deputy")
    if faults:
        raise Invalid(faults)
