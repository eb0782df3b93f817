"""How letters arrive, for administrators: figures, no words."""

from datetime import datetime

from litestar import Response, get
from msgspec import Struct

from desk import db, settings
from desk.i18n import Forbidden, say
from desk.mail.queries import channels
from desk.mail.queries.waiting import how_many
from desk.mail.rules import health
from desk.mail.rules.health import DROP, Channel, Standing
from desk.web.page import now, page
from desk.web.viewer import AnyRequest, Asks, language, viewer


class Line(Struct, frozen=True, kw_only=True):
    name: str
    mark: str  # of ui.state: kept, near, broken, paused
    state: str
    fault: str
    last_good_at: datetime | None
    waiting: int
    dead: int


_MARKS = {
    Standing.GOOD: "kept",
    Standing.LISTENING: "running",
    Standing.TROUBLED: "near",
    Standing.SILENT: "broken",
    Standing.GONE: "paused",
}


@get("/admin/mail", include_in_schema=False)
async def arriving(request: AnyRequest, reader: Asks) -> Response[str]:
    who = viewer(request)
    if not (who and who.administers):
        raise Forbidden("mail.administrators_only")
    here = settings.current()
    mailboxes, bad = health.mailboxes(here.imap_urls)
    fetched = [mailbox.name for mailbox in mailboxes] + ([DROP] if here.mail_drop else [])
    async with db.acting_as(reader, writing=False):
        known, waits = health.all_of(await channels.channels(), fetched), await how_many()
    said = language(request)
    lines = [_line(one, health.standing(one, fetched, now(request)), said) for one in known]
    faults = [refusal.sentence.say(said) for refusal in bad]
    return page(request, "mail/arriving.html", lines=lines, faults=faults, taken=_taken(said), waiting=waits)


def _line(channel: Channel, standing: Standing, said: str) -> Line:
    fault = say(said, f"mail.fault_{channel.fault}") if channel.fault else ""
    return Line(
        name=channel.name, mark=_MARKS[standing], state=say(said, f"mail.standing_{standing.value}"), fault=fault,
        last_good_at=channel.last_good_at, waiting=channel.waiting, dead=channel.dead,
    )  # fmt: skip


def _taken(said: str) -> str:
    here = settings.current()
    if here.mail_listen is None:
        return say(said, "mail.taken_nowhere")
    host, port = here.mail_listen
    return say(said, "mail.taken_at", host=host, port=port, domain=here.mail_address.rpartition("@")[2])


routes = [arriving]
