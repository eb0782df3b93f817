"""The forms of the page of links: each one action, refused with the typed words still in it."""

from collections.abc import Callable
from typing import Any

from litestar import Response, post

from desk import db
from desk.i18n import NotFound, Refused
from desk.tickets.actions.once import Claim, claim, once
from desk.tickets.routes.links import asked
from desk.tickets.routes.links.asked import Act
from desk.tickets.routes.links.page import shown
from desk.tickets.routes.show import Number
from desk.web import forms
from desk.web.page import now, see
from desk.web.viewer import AnyRequest, Asks

PATH = "/requests/{number:int}"


@post(PATH + "/links", include_in_schema=False, status_code=303)
async def link(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _answer(request, reader, number, asked.NewLink, "link", asked.link)


@post(PATH + "/links/removal", include_in_schema=False, status_code=303)
async def unlink(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _answer(request, reader, number, asked.NewLink, "unlink", asked.unlink)


@post(PATH + "/merge", include_in_schema=False, status_code=303)
async def merge(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _answer(request, reader, number, asked.Into, "merge", asked.merge)


@post(PATH + "/children", include_in_schema=False, status_code=303)
async def child(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _answer(request, reader, number, asked.Child, "child", asked.child)


@post(PATH + "/split", include_in_schema=False, status_code=303)
async def split(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _answer(request, reader, number, asked.Split, "split", asked.split)


@post(PATH + "/follow-up", include_in_schema=False, status_code=303)
async def follow(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _answer(request, reader, number, asked.FollowUp, "follow", asked.follow)


async def _answer(
    request: AnyRequest, reader: db.Reader, number: int, into: type[Any], act: str, do: Callable[[Any], Act]
) -> Response[str]:
    try:
        posted = await forms.read(request, into)
        claimed = claim(request.url.path, posted.key, posted.value)
        place = await done(request, reader, number, claimed, do(posted.value))
    except NotFound:
        raise
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await shown(request, reader, number, status=refusal.status, act=act, refused=form)
    where = f"/requests/{place}" + ("/links" if act in ("link", "unlink") else "")
    return see(request, where, said=f"tickets.done_links_{act}")


async def done(request: AnyRequest, reader: db.Reader, number: int, claimed: Claim | None, act: Act) -> int:
    """One transaction as the reader; the same form sent twice does one thing. Answers where it is to be seen."""
    at = now(request)
    async with db.acting_as(reader), once(claimed, at=at) as earlier:
        if earlier.answer is None:
            earlier.answer = str(await act(number, at))
    return int(earlier.answer)


routes = [link, unlink, merge, child, split, follow]
