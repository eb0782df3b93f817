"""Attachments: the rights are asked each time; nothing is ever shown inline."""

from typing import Annotated

from litestar import Response, get
from litestar.params import PathParameter

from desk import db, store
from desk.disclosure.rules.reading import Channel, Shown
from desk.tickets.queries import show
from desk.tickets.routes import reading
from desk.web.download import headers
from desk.web.page import now
from desk.web.viewer import AnyRequest, Asks

Token = Annotated[str, PathParameter(pattern="^[A-Za-z0-9_-]{16}$")]


@get(
    ["/files/{token:str}", "/api/files/{token:str}"],
    tags=["requests"],
    summary="An attachment that the reader may read",
)
async def download(request: AnyRequest, reader: Asks, token: Token) -> Response[bytes]:
    async with db.acting_as(reader, writing=False):
        row = await show.attachment(token)
    words = Shown(files=[row["id"]] if row["tier"] >= 2 else [])
    await reading.note(reader, words, Channel.FILE, at=now(request))
    return Response(
        await store.get(row["object"]),
        media_type=row["kind"],
        headers=headers(row["name"]),
    )
