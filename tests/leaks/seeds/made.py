"""Leaks of what is made of requests and of what is done with words later: links, children, splits, merges, seals, recusals, removals."""

from dataclasses import replace
from typing import Any

from desk.notices import queries as noticed
from desk.notices import routes as notices
from desk.tickets.actions import filing, splitting
from desk.tickets.queries import relations
from tests.leaks.seeds import Leak, Patch, both, instead, respelt, wider

_ENDS = "from relations r join tickets t on"
_ALL_ENDS = wider(relations, "_OF", (_ENDS, "from leaking.relations() r join leaking.tickets() t on"))
_ONE_END = respelt("both_opened", ("(select count(*) = 2", "(select count(*) >= 1"))
_COUNTED = wider(noticed, "_UNREAD", ("from notices where", "from leaking.notices() where"))
_KEPT_TERMS = ("update search_entries set terms = ''", "update search_entries set terms = terms")
_KEPT_PROMISE = (
    "update promises set what = '…' where of_update = any (gone)",
    "perform from promises where of_update = any (gone)",
)


def _nothing_above(before: Any) -> Any:
    """Words that come of others are as open as their writer likes."""
    return lambda own, sources: own


async def _anybody_reads(*_: Any) -> None: ...


_WIDENS: Patch = both(
    instead(filing, "high_water", _nothing_above), instead(filing, "_check_within", lambda _: _anybody_reads)
)


def _titled(before: Any) -> Any:
    """A cleaned child is called like its parent."""

    async def made(case: Any, draft: Any, sources: Any) -> Any:
        new = await before(case, draft, sources)
        return replace(new, title=await relations.title(case.id)) if draft.cleaned else new

    return made


LEAKS = (
    Leak("a merge that says into which number", "N1", "zhao", ("/requests/{merged into what is marked}/links",), _ALL_ENDS),
    Leak("a merge into what is closed", "N1", "yu", ("/api/requests/{merged into what is closed}/links",), _ALL_ENDS),
    Leak("a link to what is sealed", "N2", "zhao", ("/requests/{linked}/links",), _ALL_ENDS),
    Leak("an entry about a link of which one end is read", "N2", "zhao", ("/requests/{linked}",), sql=_ONE_END),
    Leak("what goes on from a hidden one names it", "N3", "meng", ("/requests/{follows what was raised}/links",), _ALL_ENDS),
    Leak("what goes on from a sealed one names it", "N2", "meng", ("/requests/{follows what was sealed}/links",), _ALL_ENDS),
    Leak("a split that widens", "N1", "zhao", ("/queue?department=finance&state=all",), _WIDENS, told=("splits",)),
    Leak("the child of what is sealed is listed", "N1", "zhao", ("/queue?department=finance&state=all",), _WIDENS, told=("children",)),
    Leak("a cleaned child is called like its parent", "N1", "zhao", ("/queue?department=finance&state=all",),
         instead(splitting, "_filing", _titled), told=("children",)),
    Leak("recusals that do not go along", "N1", "zhou", ("/queue?department=finance&state=all",),
         sql=respelt("copy_recusals", ("where r.ticket = any (sources) and", "where false and")), told=("children",)),
    Leak("a recusal that the badge betrays", "N3", "jin", ("/notices/unread",),
         both(instead(notices, "CAP", lambda _: 9999), _COUNTED), told=("recusals",)),
    Leak("a recusal that comes into force later", "N1", "jin", ("/queue?department=hr&state=all",),
         sql=respelt("become_reader", ("r.since <= moment and (r.until", "r.since < moment - interval '3 hours' and (r.until"))),
    Leak("a removal that keeps the words findable", "N1", "zhao", ("/search?q=salary",), sql=respelt("remove_words", _KEPT_TERMS), told=("removals",)),
    Leak("a removal that keeps what was promised", "N1", "zhao", ("/requests/{words removed}",),
         sql=respelt("remove_words", _KEPT_PROMISE), told=("removals",)),
    Leak("a correction after the seal has a marker", "N2", "zhao", ("/requests/{sealed note}",),
         sql="drop trigger updates_take_seal on updates;", told=("sealed note",)),
    Leak("notices of what was raised later", "N3", "zhao", ("/notices",),
         sql=respelt("relock_ticket", ("where n.ticket is not null and n.entry", "where false and n.entry")),
         told=("labels",)),
)  # fmt: skip
