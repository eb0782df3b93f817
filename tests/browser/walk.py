"""Every page of the desk with real parameters, and who goes there. A new route must be added here on purpose."""

from dataclasses import dataclass

TITLES = {  # of the demo firm's requests, as the paths below name them
    "judged": "给客户买的伴手礼怎么报销",
    "asked": "想换一台轻一点的笔记本",
    "marked": "差旅住宿超标被退回，想知道下一步怎么办",
    "corrected": "上个月的报销款什么时候到账",
    "untaken": "团建餐费怎么在两个项目之间分摊",
    "paper": "本季度物业费付款",
    "english": "Second copy of the Nordlicht invoice",
    "hidden": "对季度绩效结果有异议",
}


@dataclass(frozen=True)
class Stop:
    who: str  # a login, or "" for a stranger
    route: str
    path: str = ""
    status: int = 200
    main: bool = False  # one of the eight that are looked at each time


EVERYBODY = [
    Stop("lin", "/", main=True),
    Stop("lin", "/", "/?q=报销"),
    Stop("lin", "/new"),
    Stop("lin", "/new", "/new?q=发票"),
    Stop("lin", "/new", "/new?service=expenses", main=True),
    Stop("lin", "/new", "/new?service=payroll"),
    Stop("lin", "/new", "/new?service=any&q=门禁"),
    Stop("lin", "/requests/{number:int}", "/requests/{judged}", main=True),
    Stop("lin", "/new/readers", "/new/readers?service=expenses"),
    Stop("lin", "/requests/{number:int}", "/requests/{asked}"),
    Stop("lin", "/requests/{number:int}/removals", "/requests/{asked}/removals"),
    Stop("lin", "/requests/{number:int}/readers", "/requests/{asked}/readers"),
    Stop("lin", "/requests/{number:int}", "/requests/{corrected}"),
    Stop("lin", "/requests/{number:int}", "/requests/{hidden}", 403),
    Stop("lin", "/requests/{number:int}", "/requests/999999", 404),
    Stop("lin", "/requests/{number:int}/labels/{token:str}", "/requests/{judged}/labels/request"),
    Stop("lin", "/requests/{number:int}/recusals", "/requests/{judged}/recusals"),
    Stop("lin", "/countersigns/{token:str}", "/countersigns/none", 404),
    Stop("lin", "/requests/{number:int}/links", "/requests/{judged}/links"),
    Stop("lin", "/requests/{number:int}/links", "/requests/999999/links", 404),
    Stop("lin", "/queue", "/queue?mine=true&state=all"),
    Stop("lin", "/queue", "/queue?state=declined&department=legal"),
    Stop("lin", "/find", "/find?number={judged}"),
    Stop("lin", "/search", main=True),
    Stop("lin", "/search", "/search?q=报销"),
    Stop("lin", "/search", "/search?q=报销&kind=updates"),
    Stop("lin", "/search", "/search?q=没有这样的词"),
    Stop("lin", "/search", "/search?q=款", 422),
    Stop("lin", "/promises"),
    Stop("lin", "/promises/{token:str}", "/promises/{promise}"),
    Stop("lin", "/forecast"),
    Stop("lin", "/openness"),
    Stop("lin", "/openness/{code:str}", "/openness/finance"),
    Stop("lin", "/notices", main=True),
    Stop("lin", "/outbox/mine"),
    Stop("lin", "/outbox/mine/{token:str}", "/outbox/mine/{letter}"),
    Stop("lin", "/outbox/settings"),
    Stop("lin", "/outbox", status=403),
    Stop("lin", "/requests/{number:int}/letters", "/requests/{judged}/letters"),
    Stop(
        "lin", "/requests/{number:int}/letters/{token:str}", "/requests/{judged}/letters/none", 404
    ),  # with one in test_mail_story
    Stop("lin", "/access"),
    Stop("lin", "/access/ask", status=422),  # without a marker; with one in test_access
    Stop("lin", "/requests/{number:int}/access", "/requests/{judged}/access", 404),
    Stop("lin", "/notices/unread"),
    Stop("lin", "/services"),
    Stop("lin", "/services/suggestions", "/services/suggestions?q=合同"),
    Stop("lin", "/services/{code:str}", "/services/expenses"),
    Stop("lin", "/policies"),
    Stop("lin", "/policies/new", status=403),
    Stop("lin", "/people"),
    Stop("lin", "/people/{login:str}", "/people/wu"),
    Stop("lin", "/departments"),
    Stop("lin", "/departments/{code:str}", "/departments/finance"),
    Stop("lin", "/departments/{code:str}/calendar", "/departments/finance/calendar"),
    Stop("lin", "/departments/{code:str}/calendar", "/departments/finance/calendar?month=2026-10"),
    Stop("lin", "/profile", main=True),
    Stop("lin", "/admin/services", status=403),
    Stop("lin", "/admin/mail", status=403),
    Stop("lin", "", "/nowhere", 404),
]
HANDLER = [
    Stop("wu", "/"),
    Stop("wu", "/new", "/new?service=payments"),
    Stop("wu", "/desk", main=True),
    Stop("wu", "/escalated"),
    Stop("qian", "/openness"),
    Stop("qian", "/openness/{code:str}", "/openness/finance"),
    Stop("wu", "/unusual"),
    Stop("wu", "/letters"),
    Stop("wu", "/requests/{number:int}/letters", "/requests/{untaken}/letters"),
    Stop("wu", "/promises"),
    Stop("wu", "/promises", "/promises?of=department&show=broken"),
    Stop("wu", "/promises", "/promises?of=department&show=asked"),
    Stop("wu", "/queue", main=True),
    Stop("wu", "/queue", "/queue?state=all&department=all"),
    Stop("wu", "/requests/{number:int}", "/requests/{marked}"),
    Stop("wu", "/requests/{number:int}", "/requests/{untaken}"),
    Stop("wu", "/requests/{number:int}", "/requests/{english}"),
    Stop("wu", "/requests/{number:int}/links", "/requests/{untaken}/links?q=报销&other={paper}"),
    Stop("wu", "/requests/{number:int}", "/requests/{paper}"),
    Stop("wu", "/requests/{number:int}/labels/{token:str}", "/requests/{marked}/labels/request"),
    Stop("wu", "/requests/{number:int}/grants", "/requests/{marked}/grants"),
    Stop("fan", "/access"),
    Stop("zhao", "/requests/{number:int}", "/requests/{marked}"),
    Stop("wu", "/requests/{number:int}/removals", "/requests/{marked}/removals"),
    Stop("wu", "/requests/{number:int}/readers", "/requests/{marked}/readers"),
    Stop("wu", "/requests/{number:int}/viewed/{token:str}", "/requests/{marked}/viewed/{noted}"),
    Stop("zhao", "/requests/{number:int}/viewed/{token:str}", "/requests/{marked}/viewed/{noted}", 404),
]
ADMINISTRATOR = [
    Stop("admin", "/services"),
    Stop("admin", "/services/{code:str}", "/services/invoices"),
    Stop("admin", "/people"),
    Stop("admin", "/people", "/people?search=e&department=operations"),
    Stop("admin", "/people/new"),
    Stop("admin", "/people/{login:str}", "/people/han"),
    Stop("admin", "/departments"),
    Stop("admin", "/departments/new"),
    Stop("admin", "/departments/{code:str}", "/departments/finance"),
    Stop("admin", "/admin/services"),
    Stop("admin", "/admin/services/new"),
    Stop("admin", "/admin/services/{code:str}", "/admin/services/expenses"),
    Stop("admin", "/admin/services/{code:str}/fields/new", "/admin/services/expenses/fields/new"),
    Stop("admin", "/admin/services/{code:str}/fields/{name:str}", "/admin/services/expenses/fields/kind"),
    Stop("admin", "/admin/rules"),
    Stop("admin", "/admin/rules/new"),
    Stop("admin", "/admin/rules/{rule:int}", "/admin/rules/{rule}"),
    Stop("admin", "/policies"),
    Stop("admin", "/policies/new"),
    Stop("admin", "/policies/try"),
    Stop("admin", "/policies/try", "/policies/try?service=expenses&requester=lin"),
    Stop("admin", "/policies/try", "/policies/try?service=expenses", 422),
    Stop("admin", "/admin/calendars"),
    Stop("admin", "/admin/calendars/{code:str}", "/admin/calendars/finance"),
    Stop("admin", "/admin/calendars/{code:str}", "/admin/calendars/finance?month=2026-10"),
    Stop("admin", "/admin/calendars/{code:str}/days/{day:str}", "/admin/calendars/finance/days/2026-10-10"),
    Stop("admin", "/admin/calendars/{code:str}/import", "/admin/calendars/finance/import"),
    Stop("admin", "/admin/olas"),
    Stop("admin", "/outbox"),
    Stop("admin", "/admin/webhooks"),
    Stop("qian", "/admin/webhooks"),
    Stop("lin", "/admin/webhooks", status=403),
    Stop("admin", "/admin/mail"),
]
STRANGER = [
    Stop("", "/login", main=True),
    Stop("", "/links/{secret:str}", "{link}"),
    Stop("", "/links/{secret:str}", "/links/nobody-has-made-this-one", 404),
]
STOPS = [*EVERYBODY, *HANDLER, *ADMINISTRATOR, *STRANGER]
NO_PAGES = {"/live", "/files/{token:str}"}  # a stream, and what is saved instead of shown
