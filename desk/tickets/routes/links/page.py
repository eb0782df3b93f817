"""The page of a request's links: what it waits for, its parts, and the forms to link, merge and split."""

from typing import Annotated, Any

from litestar import Response, get
from litestar.params import QueryParameter

from desk import db
from desk.catalog import queries as catalog
from desk.i18n import Refused
from desk.tickets.actions import merging
from desk.tickets.queries import cases, relations
from desk.tickets.queries.cases import Case
from desk.tickets.queries.relations import Linked
from desk.tickets.routes.links.told import Seen, line, seen
from desk.tickets.routes.show import Number, department_names
from desk.tickets.routes.telling import Teller, teller
from desk.tickets.rules import states
from desk.tickets.rules.linking import BY_HAND, TURNED, Link
from desk.web import forms
from desk.web.forms import Form
from desk.web.page import page
from desk.web.viewer import AnyRequest, Asks

Words = Annotated[str, QueryParameter(max_length=200)]
Other = Annotated[int | None, QueryParameter(ge=1, le=2**53)]
LINE = 120  # characters of words that are offered for splitting


@get("/requests/{number:int}/links", include_in_schema=False)
async def links_page(
    request: AnyRequest, reader: Asks, number: Number, q: Words = "", other: Other = None
) -> Response[str]:
    """`?q=` finds requests of the same department, `?other=` says what a merge into that one would do."""
    return await shown(request, reader, number, q=q, other=other)


async def shown(
    request: AnyRequest, reader: db.Reader, number: int, *, status: int = 200, act: str = "",
    refused: Form | None = None, q: str = "", other: int | None = None,
) -> Response[str]:  # fmt: skip
    by = teller(request)
    blank = forms.blank(other=str(other or ""))
    async with db.acting_as(reader, writing=False):
        case = await cases.case(number, at=by.times.now)
        context = await _context(case, by, q)
        context["preview"] = await _preview(case, other, by) if other and "merge" in context["may"] else None
    context |= {"act": act, "act_form": refused or blank, "untouched": blank, "q": q, "number": number}
    return page(request, "tickets/links.html", status=status, **context)


async def _context(case: Case, by: Teller, q: str) -> dict[str, Any]:
    found, allowed = await relations.linked(case.id), _may(case)
    broken = await relations.broken(case.id)
    return {
        "may": allowed,
        "links": [line(one, by, may=allowed) for one in found],
        "waits": _waits(found),
        "merged": sorted(broken.items()),
        "kinds": _kinds(by, handles=case.actor.handles(case.department)),
        "found": await relations.found(case.id, case.department, q) if q.strip() else [],
        "services": await _services(by) if allowed & {"child", "split"} else [],
        "quotable": await _quotable(case, by) if "split" in allowed else [],
    }


def _may(case: Case) -> set[str]:
    """What the forms offer; the actions decide."""
    handles, asked = case.actor.handles(case.department), case.writer.person == case.requester
    running, ended = case.state in states.RUNNING, case.state in states.ENDED
    offers = {
        "link": handles or asked,
        "block": handles,
        "child": handles and running,
        "merge": handles and running and not asked,
        "split": handles and not ended and not asked,
        "follow": asked and ended and case.state is not states.State.MERGED,
    }
    return {name for name, offered in offers.items() if offered}


def _waits(found: list[Linked]) -> int:
    """How many of its blockers are not done; those that the reader reads."""
    return sum(one.kind is Link.BLOCKS and one.turned and one.state in states.RUNNING for one in found)


def _kinds(by: Teller, *, handles: bool) -> list[tuple[str, str]]:
    words = [kind.value for kind in BY_HAND if handles or kind is not Link.BLOCKS]
    both = [word for kind in words for word in (kind, TURNED + kind) if word != TURNED + Link.RELATES]
    return [(word, by.say(f"link_{word}")) for word in both]


async def _services(by: Teller) -> list[tuple[str, str]]:
    """Those whose form asks nothing more than words; the others are asked on their own page and linked then."""
    return [
        (one.code, f"{group.name(by.language)} · {one.name(by.language)}")
        for group in await catalog.groups()
        for one in group.services
        if not any(field.required for field in one.fields)
    ]


async def _quotable(case: Case, by: Teller) -> list[tuple[str, str, str, int]]:
    return [
        (token, name, body if len(body) <= LINE else body[:LINE] + "…", tier)
        for token, name, body, tier in await relations.quotable(case.id)
    ]


async def _preview(case: Case, other: int, by: Teller) -> Seen | str:
    """What the merge would do, or the sentence that says why there is none."""
    try:
        stays = await cases.other_case(other, at=by.times.now)
        found = await merging.preview(case, stays)
    except Refused as refusal:
        return refusal.sentence.say(by.language)
    locks = [*found.more, *found.less]
    names = {str(of): name for of, name in (await department_names(by)).items()}
    names |= {f"person:{of}": name for of, name in (await relations.persons(locks)).items()}
    return seen(other, await relations.title(stays.id), found, by, names=names)
