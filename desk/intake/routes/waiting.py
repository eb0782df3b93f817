"""Letters that wait for a person: facts about them, and what to do with them."""

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Struct

from desk import clock, db
from desk.i18n import Refused, say
from desk.intake.actions.deciding import ALL, Decision, decide
from desk.intake.queries import waiting as queries
from desk.intake.queries.waiting import Waiting
from desk.mail.queries.waiting import how_many
from desk.mail.rules.limits import Reason
from desk.web import forms
from desk.web.page import page, see
from desk.web.viewer import AnyRequest, Asks, language

HERE = "/letters"


class Decided(Struct, frozen=True):
    what: Decision


class Line(Struct, frozen=True, kw_only=True):
    """A letter in words. `detail`: what gave a machine away, or where reading failed; in the desk's own terms."""

    letter: Waiting
    channel: str
    why: str
    detail: str


@get(HERE, include_in_schema=False)
async def letters(request: AnyRequest, reader: Asks) -> Response[str]:
    return await _shown(request, reader, forms.blank())


@post(HERE, include_in_schema=False, status_code=303)
async def replay_all(request: AnyRequest, reader: Asks) -> Response[str]:
    await forms.read(request, forms.Nothing)
    async with db.acting_as(reader):
        await decide(ALL, Decision.REPLAY, at=clock.now())
    return see(request, HERE, said="intake.said_replay")


@post("/letters/{token:str}", include_in_schema=False, status_code=303)
async def decide_one(request: AnyRequest, reader: Asks, token: FromPath[str]) -> Response[str]:
    try:
        what = (await forms.read(request, Decided)).value.what
        async with db.acting_as(reader):
            await decide(token, what, at=clock.now())
    except Refused as refusal:
        return await _shown(request, reader, await forms.again(request, refusal), status=refusal.status)
    return see(request, HERE, said=f"intake.said_{what.value}")


async def _shown(request: AnyRequest, reader: db.Reader, form: forms.Form, *, status: int = 200) -> Response[str]:
    said = language(request)
    async with db.acting_as(reader, writing=False):
        found, waits = await queries.waiting(), await how_many()
        takes = await queries.may_take()
    dead = any(one.state == "dead" for one in found)
    lines = [_line(one, said) for one in found]
    return page(
        request, "intake/letters.html", status=status, lines=lines, takes=takes, dead=dead, form=form, waiting=waits
    )


def _line(one: Waiting, said: str) -> Line:
    detail = one.fault or ""
    if one.state == "dead":
        known = next((reason for reason in Reason if detail.startswith(reason.value)), Reason.BROKEN)
        why = say(said, "intake.could_not", reason=say(said, f"intake.reason_{known.value}"))
        detail = detail if known is Reason.BROKEN else ""
    else:
        why, detail = say(said, f"intake.held_{one.outcome}"), detail.partition(":")[0]  # what follows may be words
    channel = one.channel if one.channel in ("smtp", "lmtp", "imap", "drop") else "drop"
    return Line(letter=one, channel=say(said, f"intake.by_{channel}"), why=why, detail=detail)


routes = [letters, replay_all, decide_one]
