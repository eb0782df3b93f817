"""An .ics file read into a calendar: first what would change, then it is saved like a calendar that was typed."""

import asyncio
from datetime import date

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from msgspec import Struct, structs

from desk.i18n import Invalid, Refused, Sentence
from desk.sla.queries.calendars import Kept
from desk.sla.routes.kept import held, to_keep, today
from desk.sla.rules import ics, imports, sheet, sound
from desk.sla.rules.imports import Difference, How
from desk.sla.rules.sheet import Version
from desk.web import forms
from desk.web.page import page
from desk.web.viewer import AnyRequest, Asks, language


class Import(Struct, frozen=True):
    """The file is a list of at most one, as a file field that was left empty sends none."""

    file: list[UploadFile] = []
    how: How = "add"
    official_until: date | None = None


@get("/admin/calendars/{code:str}/import", include_in_schema=False)
async def choose_file(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    kept = await to_keep(reader, code)
    held(kept)
    return _page(request, kept, forms.blank(how="add"))


@post("/admin/calendars/{code:str}/import", include_in_schema=False, status_code=200)
async def read_file(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    """What the file would change; nothing is saved."""
    kept = await to_keep(reader, code)
    try:
        posted = (await forms.read(request, Import)).value
        found = await _difference(request, held(kept), posted)
    except Refused as refusal:
        return _page(request, kept, await forms.again(request, refusal), status=refusal.status)
    again = {"how": posted.how, "official_until": posted.official_until.isoformat() if posted.official_until else ""}
    return _page(request, kept, forms.blank(**again), found)


async def _difference(request: AnyRequest, version: Version, posted: Import) -> Difference:
    """Raises Invalid. In a thread: what repeats for ever is followed for a while."""
    if len(posted.file) != 1:
        raise Invalid({"file": Sentence("calendars.ics_none")})
    content = await posted.file[0].read(ics.BIGGEST + 1)
    found = await asyncio.to_thread(
        imports.difference, version, content,
        today=today(request, version), how=posted.how, official_until=posted.official_until,
    )  # fmt: skip
    sound.check(found.version.calendar)
    return found


def _page(
    request: AnyRequest, kept: Kept, form: forms.Form, found: Difference | None = None, *, status: int = 200
) -> Response[str]:
    """What would be saved goes along in the form, as text of the sheet."""
    ready = structs.asdict(sheet.write(found.version, language(request))) if found else {}
    return page(
        request,
        "sla/import.html",
        status=status,
        kept=kept,
        form=form,
        found=found,
        ready=ready,
        size=ics.BIGGEST // 1024,
        was_official=held(kept).official_until,
    )


routes = [choose_file, read_file]
