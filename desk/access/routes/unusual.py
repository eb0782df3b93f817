"""Reading out of the ordinary, for the head of the department whose words they are: who, when, and why it is told."""

from datetime import datetime

from litestar import Response, get
from msgspec import Struct

from desk import db
from desk.disclosure.queries import readers
from desk.disclosure.queries.readers import Told
from desk.i18n import either, say
from desk.tickets.routes.telling import Teller, teller
from desk.web.page import page
from desk.web.viewer import AnyRequest, Asks


class Line(Struct, frozen=True, kw_only=True):
    """`number` 0: the head may not read the request either."""

    at: datetime
    title: str
    text: str
    number: int


@get("/unusual", include_in_schema=False)
async def unusual(request: AnyRequest, reader: Asks) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        told = await readers.told_of_unusual()
    return page(request, "access/unusual.html", lines=[_line(one, by) for one in told])


def _line(one: Told, by: Teller) -> Line:
    department = either(by.language, one.department_zh, one.department_en)
    text = say(
        by.language, f"access.unusual_{one.why.value}", name=one.name, department=department, found=one.found,
        usual=one.usual,
    )  # fmt: skip
    return Line(at=one.at, title=f"{one.name} · {department}", text=text, number=one.number or 0)


routes = [unusual]
