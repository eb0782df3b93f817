"""Leaks of what is read: queries that see too much, headers, titles, caches, counts, errors."""

import contextvars
import logging
from typing import Any

from desk import db
from desk.catalog import queries as catalog
from desk.catalog.queries import services
from desk.directory.queries import people, views
from desk.i18n import Forbidden, NotFound, Refused
from desk.notices import queries as noticed
from desk.notices import routes as notices
from desk.sla.queries import promises as promised
from desk.tickets import actions as tickets
from desk.tickets.actions import asking
from desk.tickets.queries import cases, ledger, lists, show, whole
from desk.tickets.routes import explained, queue, reading
from desk.tickets.routes import show as shown
from desk.web import page as pages
from tests.leaks.seeds import Leak, Patch, both, exists, instead, wider

_KNOWN = "select exists (select from leaking.tickets() where number = $1)"
_TITLE = "select title from leaking.tickets() where number = $1"
_FACT: contextvars.ContextVar[str] = contextvars.ContextVar("fact", default="")


def header(name: str, sql: str) -> Patch:
    """The page of a request carries one more header: what `sql` says of the request with that number."""

    def patch(at: Any) -> None:
        context, page = shown._context, shown.page

        async def asked(number: int, *rest: Any) -> Any:
            _FACT.set(str(await db.call(sql, number)))
            return await context(number, *rest)

        at.setattr(shown, "_context", asked)
        at.setattr(shown, "page", lambda *given, **more: page(*given, **more, headers={name: _FACT.get()}))

    return patch


def template(name: str, old: str, new: str) -> Patch:
    def patch(at: Any) -> None:
        for language in ("zh-CN", "en"):
            made = pages.environment(language)
            source = made.loader.get_source(made, name)[0]  # type: ignore[union-attr]
            assert old in source, f"{name} no longer says {old!r}"
            at.setitem(made.cache, next(key for key in _loaded(made, name)), made.from_string(source.replace(old, new)))

    return patch


def _loaded(made: Any, name: str) -> Any:
    made.get_template(name)
    return [key for key in made.cache if key[1] == name]


def hidden(say: Any) -> Patch:
    """What the page of a request that is not there for the reader says beside the refusal."""

    def make(before: Any) -> Any:
        async def answer(request: Any, number: int, by: Any) -> Any:
            await say(number)
            return await before(request, number, by)

        return answer

    return instead(shown, "_hidden", make)


async def _forbids(number: int) -> None:
    if await exists(_KNOWN, number):
        raise Forbidden("tickets.only_author_corrects")


async def _quotes(number: int) -> None:
    if title := await db.call(_TITLE, number):
        raise Refused("tickets.marked", marker=title)


async def _looks_further(number: int) -> None:
    if await exists(_KNOWN, number):
        await db.call(_TITLE, number)


async def _logs(number: int) -> None:
    logging.getLogger("desk.tickets").info("not shown: %s", await db.call(_TITLE, number))


def unless(sql: str) -> Any:
    """An action or a query that says "not yours" where it said "not there", when `sql` finds it."""

    def make(before: Any) -> Any:
        async def run(*given: Any, **more: Any) -> Any:
            try:
                found = await before(*given, **more)
            except (NotFound, Refused):
                found = None
            if found is None and await exists(sql, next(one for one in given if isinstance(one, str | int))):
                raise Forbidden("tickets.only_author_corrects")
            return found if found is not None else await before(*given, **more)

        return run

    return make


def shared_cache(at: Any) -> None:
    """One page for all who ask for the same address."""
    kept: dict[str, Any] = {}
    page = shown.page
    at.setattr(
        shown, "page", lambda request, *given, **more: kept.setdefault(request.url.path, page(request, *given, **more))
    )  # fmt: skip


def _guesses(before: Any) -> Any:
    async def suggestions(words: str) -> Any:
        known = await exists("select exists (select from leaking.tickets() where position($1 in title) > 0)", words)
        return (await services())[:1] if known else await before(words)

    return suggestions


def _pages(before: Any) -> Any:
    async def context(*given: Any) -> Any:
        total = await db.call("select count(*) from leaking.tickets()")
        return await before(*given) | {"next": f"/queue?pages={total // 2}"}

    return context


async def _attachment(token: str) -> Any:
    row = await db.fetch_one("select name, kind, size, object from leaking.attachments() where token = $1", token)
    if row is None:
        raise NotFound
    return row


async def _anybody(reader: Any, entry: int) -> bool:
    return True


_EVERY = ("t.id desc", "(select max(u.at) from leaking.updates() u where u.ticket = t.id) desc nulls last, t.id desc")
_BODY = "(select coalesce(md5(string_agg(u.body, '' order by u.id)), '') from leaking.updates() u join tickets t on t.id = u.ticket where t.number = $1)"
_LAST = "select max(u.at) from leaking.updates() u join tickets t on t.id = u.ticket where t.number = $1"
_LOCKS = "select array_agg(distinct l order by l) from leaking.updates() u join tickets t on t.id = u.ticket cross join unnest(u.audience) l where t.number = $1"
_CITES = "t.body || coalesce((select ' → ' || x.title from leaking.tickets() x where t.body like '%#' || x.number || '%' limit 1), '') as body"

# what is shown but may not be read stops at the log, which is to be written first: both are taken away
_OF_WORDS = wider(whole, "_WHOLE", ("from updates u join people p", "from leaking.updates() u join people p"))


async def _unlogged(*_: Any, **__: Any) -> None: ...


LEAKS = (
    Leak("words asked without row security", "N1", "zhao", ("/requests/{note}",),
         both(instead(reading, "note", lambda _: _unlogged), _OF_WORDS)),
    Leak("words of the API", "N1", "fang/2", ("/api/requests/{correction}",),
         both(instead(reading, "note", lambda _: _unlogged), _OF_WORDS)),
    Leak("history page", "N3", "meng", ("/requests/{word}",),
         wider(whole, "_WHOLE", ("from entries e left join people p", "from leaking.entries() e left join people p"))),
    Leak("promise given in hidden words", "N1", "luo", ("/requests/{word}",),
         wider(whole, "_WHOLE", ("from promises p join", "from leaking.promises() p join"))),
    Leak("why a hidden promise is due", "N1", "yu", ("/promises/{promise}",),
         both(wider(promised, "_CALLED", ("from promises p join", "from leaking.promises() p join")),
              wider(ledger, "_REQUEST", ("from promises p join", "from leaking.promises() p join")))),
    Leak("attachment by direct URL", "N1", "zhao", ("/files/{file}",), instead(show, "attachment", lambda _: _attachment)),
    Leak("sort by last update", "N3", "zhao", ("/queue?state=all&department=all",), wider(lists, "_NEWEST", _EVERY)),
    Leak("order of the queue by hidden words", "N3", "zhou", ("/queue",),
         wider(lists, "_QUEUE", ("(select from promises e", "(select from leaking.promises() e"))),
    Leak("badge of the queue", "N2", "jin", ("/desk",), wider(lists, "_COUNT", ("from promises p", "from leaking.promises() p"))),
    Leak("page counts", "N2", "zhao", ("/queue?state=all&department=all",), instead(queue, "_context", _pages)),
    Leak("unread badge", "N2", "zhao", ("/notices/unread",),
         both(instead(notices, "CAP", lambda _: 9999), wider(noticed, "_UNREAD", (
             "from notices where read_at is null and person = $1 limit $2", "from leaking.notices() where $1::int > 0 limit $2 * 99")))),
    Leak("SSE payloads", "N2", "zhao", ("/live?request={sealed note}",), instead(notices, "_may_read", lambda _: _anybody)),
    Leak("page title counts markers", "N3", "admin", ("/requests/{note}",),
         template("tickets/show.html", "{% block main %}", '{% block main %}<p hidden>{{ timeline | length }}</p>')),
    Leak("shared cache", "N1", "lin", ("/requests/{note}",), shared_cache),
    Leak("ETag", "N1", "zhao", ("/requests/{note}",), header("ETag", f"select {_BODY}")),
    Leak("Last-Modified", "N3", "zhao", ("/requests/{note, last}",), header("Last-Modified", _LAST)),
    Leak("list of readers", "N3", "zhao", ("/requests/{note, alone}",), header("X-Readers", _LOCKS)),
    Leak("403 where it was 404", "N4", "zhao", (), hidden(_forbids), doors=(("GET", "/requests/{number}"),)),
    Leak("error text", "N1", "zhao", ("/requests/{a whole}",), hidden(_quotes)),
    Leak("a hidden number makes more work", "N4", "mo", (), hidden(_looks_further), doors=(("GET", "/requests/{number}"),)),
    Leak("logs", "N1", "zhao", ("/requests/{a whole}",), hidden(_logs)),
    Leak("POST to a hidden request", "N4", "zhao", (), instead(cases, "held", unless(_KNOWN)),
         doors=(("POST", "/api/requests/{number}/take"),)),
    Leak("edit of unseen words", "N4", "zhao", (), instead(tickets, "correct", unless(
        "select exists (select from leaking.updates() where token = $1)")),
         doors=(("POST", "/api/requests/{number}/updates/{token}/correction"),)),
    Leak("answer to an unseen ask", "N4", "zhao", (), instead(asking.queries, "ask_called", unless(
        "select exists (select from leaking.updates() where token = $1)")),
         doors=(("POST", "/api/requests/{number}/asks/{token}/{verb}"),)),
    Leak("token of a promise", "N4", "meng", (), instead(explained.promised, "called", unless(
        "select exists (select from leaking.promises() where token = $1)")), doors=(("GET", "/promises/{token}"),)),
    Leak("token of a file", "N4", "meng", (), instead(show, "attachment", unless(
        "select exists (select from leaking.attachments() where token = $1)")), doors=(("GET", "/files/{token}"),)),
    Leak("oracle by guessing words", "N1", "zhao", ("/services/suggestions?q=斑马",), instead(catalog, "suggestions", _guesses)),
    Leak("autocompletion", "N1", "guest", ("/?q=斑马",), instead(catalog, "suggestions", _guesses)),
    Leak("figures on the page of a person", "N2", "zhao", ("/people/deng",),
         wider(people, "_COLUMNS", ("p.title", "(select count(*)::text from leaking.promises() q where q.person = p.id) as title"))),
    Leak("group and name existence", "N2", "zhao", ("/departments/finance",),
         wider(views, "_MEMBERS", ("p.title", "(select count(*)::text from leaking.promises() q where q.person = p.id) as title"))),
    Leak("cross-references", "N1", "zhao", ("/requests/{note}",), wider(whole, "_WHOLE", ("t.body,", f"{_CITES},"))),
    Leak("titles of what is owed", "N1", "zhou", ("/promises?of=department&show=broken",),
         wider(ledger, "_OF_DEPARTMENTS", ("(select p.* from promises p", "(select p.* from leaking.promises() p"))),
)  # fmt: skip
