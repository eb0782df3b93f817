"""What has climbed to me, level by level, and what the level above me asks."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Struct

from desk import db
from desk.i18n import Invalid, NotFound, Refused, Sentence, either
from desk.sla.actions import escalations as actions
from desk.sla.rules.escalation import Cause
from desk.tickets.queries import escalations
from desk.tickets.queries.escalations import Climbed
from desk.tickets.routes import telling
from desk.tickets.routes.acts import Text
from desk.tickets.routes.telling import Teller, teller
from desk.tickets.rules.words import line
from desk.web import forms
from desk.web.page import now, page, see
from desk.web.viewer import STAFF, AnyRequest, Asks

PAGE = "/escalated"


class Reason(Struct, frozen=True):
    cause: Text = ""
    reason: Text = ""

    @property
    def chosen(self) -> Cause:
        if self.cause not in set(Cause):
            raise Invalid({"cause": Sentence("tickets.no_cause")})
        return Cause(self.cause)


class Card(Struct, frozen=True, kw_only=True):
    """`number` 0: the request may not be read, and only that something is late is known."""

    token: str
    number: int
    title: str
    department: str
    level: str
    word: str
    state: str
    left: str
    reason: str
    asked: str


@get(PAGE, include_in_schema=False, opt=STAFF)
async def escalated(request: AnyRequest, reader: Asks) -> Response[str]:
    return await _shown(request, reader)


@post(PAGE + "/{token:str}", include_in_schema=False, status_code=303, opt=STAFF)
async def explain(request: AnyRequest, reader: Asks, token: FromPath[str]) -> Response[str]:
    try:
        posted = await forms.read(request, Reason)
        async with db.acting_as(reader):
            given = posted.value
            await actions.explain(token, given.chosen, line(given.reason, field="reason"), at=now(request))
    except NotFound:
        raise
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await _shown(request, reader, status=refusal.status, refused=(token, form))
    return see(request, PAGE, said="tickets.done_explained")


async def _shown(
    request: AnyRequest, reader: db.Reader, *, status: int = 200, refused: tuple[str, forms.Form] | None = None
) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        to_me, of_me = await escalations.to_me(at=by.times.now), await escalations.of_me()
    context: dict[str, Any] = {
        "to_me": [_card(one, by) for one in to_me],
        "of_me": [_card(one, by) for one in of_me],
        "refused": refused[0] if refused else "",
        "form": refused[1] if refused else forms.blank(),
        "untouched": forms.blank(),
        "causes": [("", by.say("cause_choose")), *((one.value, by.say(f"cause_{one}")) for one in Cause)],
    }
    return page(request, "tickets/escalated.html", fragment="live", status=status, **context)


def _card(one: Climbed, by: Teller) -> Card:
    department = either(by.language, one.department_zh, one.department_en)
    return Card(
        token=one.token,
        number=one.number or 0,
        title=one.title or by.say("climbed_unseen", department=department, day=by.times.date(one.day)),
        department=department,
        level=by.say(f"climbed_{one.level}") + (by.say("climbed_deputy") if one.via == "deputy" else ""),
        reason=by.say("climbed_said", name=one.reason_by, reason=one.reason) if one.reason else "",
        asked=_asked(one, by),
        **_promise(one, by),
    )


def _asked(one: Climbed, by: Teller) -> str:
    if one.reason or one.level == 1:
        return ""
    return by.say("climbed_asked", name=one.below) if one.below else by.say("climbed_nobody")


def _promise(one: Climbed, by: Teller) -> dict[str, str]:
    if one.kind is None or one.due_at is None or one.breaks_at is None:
        return {"word": "", "state": "broken", "left": ""}
    risk, at = bool(one.at_risk), by.times.now
    return {
        "word": by.due_by(one.kind, one.due_at, one.what),
        "state": telling.state(one.state or "", at_risk=risk, due=one.due_at, breaks=one.breaks_at, now=at),
        "left": telling.remaining(one.due_at, one.breaks_at, by.times),
    }
