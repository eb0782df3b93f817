"""Leaks of the database: policies, keys, locks and markers that open too much; in scratch copies of two worlds."""

from tests.leaks.seeds import Leak, respelt


def opened(table: str) -> str:
    return f"alter policy {table}_read on {table} using (true);"


_LEVEL = ("m.person = who and m.level >= 3", "m.person = who and m.level >= 2")
_ABOVE = (
    "m.person = who and m.level >= 3",
    "m.level >= 3 and (m.person = who or m.person in (select s.superior_of from (select s.person as superior_of from superiors s where s.superior = who) s))",
)
_OFFICE = (
    "reach := case when cap >= 1 and not outsider then 1 else 0 end",
    "reach := case when exists (select from roles r where r.person = who and r.role = 'administrator') then 2 when cap >= 1 and not outsider then 1 else 0 end",
)

LEAKS = (
    Leak("words are everybody's", "N1", "zhao", ("/requests/{note}",), sql=opened("updates")),
    Leak("requests are everybody's", "N1", "mo", ("/requests/{a whole}",), sql=opened("tickets")),
    Leak("search hits", "N2", "zhao", ("/queue?department=hr&state=all", "/api/requests?department=hr"), sql=opened("tickets")),
    Leak("files are everybody's", "N1", "yu", ("/files/{file}",), sql=opened("attachments")),
    Leak("promises are everybody's", "N1", "zhao", ("/promises/{promise}",), sql=opened("promises")),
    Leak("entries are everybody's", "N2", "zhao", ("/live?request={sealed note}",), sql=opened("entries")),
    Leak("markers of what is sealed", "N2", "zhao", ("/requests/{sealed note}",),
         sql=respelt("update_markers", ("(NOT u.sealed)", "true"))),
    Leak("as many markers as words", "N1", "zhao", ("/requests/{note}",), sql=respelt("update_markers", ("SELECT DISTINCT", "SELECT"))),
    Leak("the day of core words", "N1", "zhao", ("/requests/{core}",),
         sql="create or replace function marker_day(tier smallint, day date) returns date language sql immutable parallel safe return day;"),
    Leak("a marker of a sealed number", "N4", "zhao", (), sql=respelt("ticket_marker", ("(NOT t.sealed)", "true")),
         doors=(("GET", "/requests/{number}"), ("GET", "/api/requests/{number}"))),
    Leak("the strip counts what is sealed", "N2", "jin", ("/queue?department=hr&state=all",),
         sql=respelt("ticket_markers", ("(NOT t.sealed)", "true"))),
    Leak("a marker for guests", "N4", "guest", (), sql=respelt("ticket_marker", ("(t.reach = 2)", "true"), ("(reader_reach() >= 1)", "true")),
         doors=(("GET", "/requests/{number}"),)),
    Leak("recusal forgotten", "N1", "zhou", ("/requests/{note}",),
         sql="create or replace function reader_recused() returns bigint[] language sql stable parallel safe return '{}'::bigint[];"),
    Leak("expired grants open", "N1", "mo", ("/requests/{note}",), sql=respelt("become_reader", (" and g.until > moment", ""))),
    Leak("tokens reach what their person reads", "N1", "fang/2", ("/api/requests/{note}",), sql=respelt("become_reader", ("cap >= 3", "cap >= 0"))),
    Leak("the administrator reads all", "N1", "admin", ("/requests/{note}",), sql=respelt("become_reader", _OFFICE)),
    Leak("members are handlers", "N1", "luo", ("/requests/{note}",), sql=respelt("become_reader", _LEVEL)),
    Leak("whoever stands above reads along", "N1", "gao", ("/requests/{a whole}",), sql=respelt("become_reader", _ABOVE)),
    Leak("the requester reads notes", "N1", "lin", ("/requests/{note}",),
         sql="update updates u set audience = u.audience || ('person:' || t.requester) from tickets t where t.id = u.ticket and u.kind = 'note';"),
    Leak("guests are staff", "N4", "guest", (), sql=respelt("become_reader", ("cap >= 1 and not outsider", "cap >= 1")),
         doors=(("GET", "/api/requests/{number}"),)),
)  # fmt: skip
