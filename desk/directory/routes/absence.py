"""The form in which an absence and its deputy are entered; one's own stands in the profile."""

from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from desk import settings
from desk.directory import queries
from desk.directory.queries import Person
from desk.directory.rules import Unknown
from desk.i18n import Invalid, Sentence
from desk.web import forms
from desk.web.page import now
from desk.web.times import zone
from desk.web.viewer import AnyRequest, viewer

_FIELD = "%Y-%m-%dT%H:%M"  # what <input type="datetime-local"> sends and shows


class NewAbsence(Struct, frozen=True):
    since: datetime
    until: datetime
    deputy: Annotated[str, Meta(max_length=64)] | None = None


def absence_form(request: AnyRequest) -> forms.Form:
    """From now until the end of tomorrow, in the reader's zone."""
    reader = viewer(request)
    here = now(request).astimezone(zone(reader.zone if reader else settings.current().zone))
    until = (here + timedelta(days=1)).replace(hour=18, minute=0)
    return forms.blank(since=here.strftime(_FIELD), until=until.strftime(_FIELD))


async def colleagues(department: int, at: datetime) -> list[tuple[str, str]]:
    """(login, name) of those who work in a department: whom one is likely to name."""
    return [(one.login, one.name) for one in await queries.staff(at) if one.department == department]


async def deputy_of(posted: NewAbsence) -> int | None:
    """Raises Invalid about the field `deputy`."""
    found = await named("deputy", posted.deputy)
    return found.id if found else None


async def named(field: str, login: str | None) -> Person | None:
    """The person whose login was typed into a field; None for an empty one. Raises Invalid about the field."""
    if login is None:
        return None
    try:
        return await queries.person_called(login.strip())
    except Unknown as unknown:
        raise Invalid({field: Sentence("directory.no_such_login", login=login[:40])}) from unknown
