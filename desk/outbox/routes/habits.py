"""How often somebody is written to, and the way back for an address that was suspended."""

from typing import Literal

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Struct

from desk import db
from desk.i18n import Refused, say
from desk.outbox.actions import choosing
from desk.outbox.queries import shown
from desk.outbox.rules.matters import Matter, Pace
from desk.web import forms
from desk.web.page import now, page, see
from desk.web.viewer import AnyRequest, Asks, language

PAGE = "/outbox/settings"


class Chosen(Struct, frozen=True, kw_only=True):
    asked: Pace
    mine: Pace
    work: Pace
    watched: Pace
    report: Literal["now", "none"]


@get(PAGE, include_in_schema=False)
async def habits(request: AnyRequest, reader: Asks) -> Response[str]:
    return await _shown(request, reader)


@post(PAGE, include_in_schema=False, status_code=303)
async def choose(request: AnyRequest, reader: Asks) -> Response[str]:
    try:
        chosen = (await forms.read(request, Chosen)).value
        async with db.acting_as(reader):
            await choosing.choose({of: Pace(getattr(chosen, of.value)) for of in Matter}, at=now(request))
    except Refused as refusal:
        return await _shown(request, reader, await forms.again(request, refusal), status=refusal.status)
    return see(request, PAGE, said="outbox.saved")


@post("/outbox/addresses/{token:str}/return", include_in_schema=False, status_code=303)
async def give_back(request: AnyRequest, reader: Asks, token: FromPath[str]) -> Response[str]:
    """By whose address it is, or by an administrator: each comes back to their own page."""
    async with db.acting_as(reader):
        own = any(one.token == token for one in await shown.suspended(reader.person))
        await choosing.give_back(token[:24], at=now(request))
    return see(request, PAGE if own else "/outbox", said="outbox.address_works")


async def _shown(
    request: AnyRequest, reader: db.Reader, form: forms.Form | None = None, *, status: int = 200
) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        chosen = await shown.rhythms()
        suspended = await shown.suspended(reader.person)
    said = language(request)
    return page(
        request, "outbox/settings.html", status=status, suspended=suspended,
        form=form or forms.blank(**{of.value: pace.value for of, pace in chosen.items()}),
        matters=[(of.value, say(said, f"outbox.matter_{of.value}"), _paces(of, said)) for of in Matter],
    )  # fmt: skip


def _paces(of: Matter, said: str) -> list[tuple[str, str]]:
    """A letter of its own is in no digest."""
    monday = of is Matter.REPORT
    paces = [one for one in Pace if not (monday and one is Pace.DIGEST)]
    words = {one: "monday" if monday and one is Pace.NOW else one.value for one in paces}
    return [(one.value, say(said, f"outbox.pace_{word}")) for one, word in words.items()]


routes = [habits, choose, give_back]
