"""Leaks of what is done: words copied, people told, clocks moved, numbers used up while something hidden is written."""

from typing import Any

from desk import db, queue
from desk.notices import actions as telling
from desk.outbox import jobs
from desk.sla.actions import promises
from desk.sla.queries.promises import owed
from desk.sla.rules.kinds import Kind
from desk.sla.rules.pauses import REQUESTER
from desk.tickets import actions as tickets
from desk.tickets.actions import answering, ending, filing
from tests.leaks.seeds import Leak, instead, respelt, wider

_LAST = "select body from updates where ticket = $1 and kind = 'note' order by id desc limit 1"


def _quoting(before: Any) -> Any:
    """Under the words stands what was said last, as whoever writes them may read it."""

    async def write(case: Any, words: Any, shut: Any, **more: Any) -> Any:
        if words.kind in ("reply", "outcome") and (last := await db.call(_LAST, case.id)):
            words = type(words)(words.kind, f"{words.body}\n> {last}", words.for_requester)
        return await before(case, words, shut, **more)

    return write


def _moving(before: Any) -> Any:
    """A note, too, makes the clock of the resolution stand still."""

    async def note(case: Any, *given: Any, at: Any) -> Any:
        written = await before(case, *given, at=at)
        await promises.pause(await owed(case.id, [Kind.RESOLUTION]), REQUESTER, at=at)
        return written

    return note


def _rings_anyway(before: Any) -> Any:
    async def tell(person: int, fact: Any, *given: Any) -> Any:
        await queue.publish(queue.person_bell(person), str(fact.entry))
        return await before(person, fact, *given)

    return tell


def _says_what(before: Any) -> Any:
    async def file(new: Any, **more: Any) -> Any:
        number = await before(new, **more)
        await queue.enqueue("index", new.title, key=str(number))
        return number

    return file


_TO_ALL = (
    ("select $1, e.id,", "select $1::integer, $2,"),
    ("e.audience", "array['person:' || $1::integer]"),
    ("entries e where e.id = $2", "entry_facts($2) e"),
)
_CLIMBS = ("q.reach >= 2 and ((select t.sealed", "false and ((select t.sealed")
_LOAD = (("AND t.sealed", "AND false"), ("AND u.sealed", "AND false"))
_CELLS = (" and not t.sealed", "")

LEAKS = (
    Leak("quoted text", "N1", "zhao", ("/requests/{note, middle}",), instead(answering, "write", _quoting), told=("note",)),
    Leak("outcome copied from a private note", "N1", "zhao", ("/requests/{note, middle}",), instead(ending, "write", _quoting), told=("note",)),
    Leak("a hidden note moves a clock", "N3", "lin", ("/requests/{note, alone}",), instead(tickets, "note", _moving), told=("note",)),
    Leak("notification with the rights of who wrote", "N2", "zhao", ("/notices",), wider(telling, "_ADD_AS_READ", *_TO_ALL), sql=respelt("entry_facts", ("perform only_the_desk();", "")), told=("sealed note",)),
    Leak("timing of unread badges", "N2", "zhao", ("/live?request={sealed note, last}",), instead(jobs, "_tell", _rings_anyway), told=("sealed note",)),
    Leak("job arguments", "N1", "zhao", ("/",), instead(tickets, "file", _says_what), told=("note",)),
    Leak("sequence numbers", "N2", "zhao", ("/queue?state=all&department=all",), wider(filing, "_INSERT", ("case when $15 >= 3 then chance_number() else nextval('ticket_numbers') end", "nextval('ticket_numbers')")), told=("links",)),
    Leak("whoever has least to do", "N2", "zhao", ("/requests/{least load}",), sql=respelt("least_load", *_LOAD), told=("sealed word",)),
    Leak("what is sealed climbs", "N2", "gao", ("/escalated",), sql=respelt("sweep_promises", _CLIMBS), told=("sealed word",)),
    Leak("figures of the forecast", "N2", "zhao", ("/api/forecast",), sql=respelt("forecast_cells", _CELLS), told=("note",)),
)  # fmt: skip
