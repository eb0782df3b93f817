"""Every route of the desk and how the leak tests walk it. A route that is missing here fails the build.

READS are asked as they stand here, with the values of World.values. UNDER are asked with a hidden and a never-issued
number or token. REST changes what is no request: those routes name nothing that could be hidden.

A new route: its line in READS (with every query that makes it say something else), UNDER or REST; the body that a POST takes in
BODIES, by the last word of its address that stands there; a new {placeholder} in VALUES; a new kind of token in TOKENS; what a page announces as a
figure that counts what one may not read in FIGURES.
"""

import re
from collections.abc import Iterator
from typing import Any

READS = (
    "/",
    "/?q=报销",
    "/new",
    "/new?service=expenses",
    "/new/readers?service=expenses",
    "/requests/{number}",
    "/requests/{number}/links",
    "/requests/{number}/links?q=B&other={number}",
    "/api/requests/{number}/links",
    "/requests/{number}/readers?kind=note&tier=3",
    "/desk",
    "/queue",
    "/queue?department=finance&state=all",
    "/queue?department=hr&state=all",
    "/queue?state=all&department=all",
    "/queue?mine=true&state=all",
    "/find?number={number}",
    "/search",
    "/search?q={number}",
    "/search?q=salary",
    "/search?q=工资",
    "/search?q=工资&kind=updates",
    "/search?q=报销&state=open&department=finance&month=2026-11",
    "/search?q=BX",
    "/search?q=came back",
    "/api/search?q=salary",
    "/api/search?q=工资",
    "/api/search?q=came&kind=requests",
    "/api/requests",
    "/api/requests?department=finance",
    "/api/requests?department=hr",
    "/api/requests?mine=true",
    "/api/requests/{number}",
    "/requests/{number}/recusals",
    "/api/requests/{number}/recusals",
    "/escalated",
    "/promises",
    "/promises?of=by_me&show=today",
    "/promises?of=department&show=broken",
    "/promises?of=to_me&show=asked",
    "/forecast",
    "/api/forecast",
    "/openness",
    "/openness/{department}",
    "/api/openness",
    "/access",
    "/api/access",
    "/notices",
    "/notices/unread",
    "/unusual",
    "/services",
    "/services/suggestions?q=报销",
    "/services/{code}",
    "/admin/services",
    "/admin/services/new",
    "/admin/services/{code}",
    "/admin/services/{code}/fields/new",
    "/admin/services/{code}/fields/{name}",
    "/admin/rules",
    "/admin/rules/new",
    "/admin/rules/{rule}",
    "/api/services",
    "/admin/calendars",
    "/admin/calendars/{department}",
    "/admin/calendars/{department}?month=2026-12",
    "/admin/calendars/{department}/import",
    "/admin/calendars/{department}/days/{day}",
    "/departments/{department}/calendar",
    "/api/departments/{department}/calendar",
    "/admin/olas",
    "/policies",
    "/policies/new",
    "/policies/try",
    "/policies/try?service=expenses&requester={login}",
    "/api/policies",
    "/people",
    "/people/new",
    "/people/{login}",
    "/departments",
    "/departments/new",
    "/departments/{department}",
    "/login",
    "/links/{secret}",
    "/profile",
    "/api/me",
    "/schema",
    "/schema/openapi.json",
)
UNDER = {
    "GET": (
        "/requests/{number}",
        "/requests/{number}/links",
        "/api/requests/{number}",
        "/requests/{number}/labels/{token}",
        "/api/requests/{number}/labels/{token}",
        "/requests/{number}/recusals",
        "/api/requests/{number}/recusals",
        "/countersigns/{token}",
        "/api/countersigns/{token}",
        "/api/requests/{number}/links",
        "/requests/{number}/readers",
        "/requests/{number}/removals",
        "/api/requests/{number}/removals",
        "/requests/{number}/viewed/{token}",
        "/api/requests/{number}/viewed/{token}",
        "/promises/{token}",
        "/files/{token}",
        "/api/files/{token}",
        "/find?number={number}",
        "/requests/{number}/access",
        "/requests/{number}/grants",
        "/api/requests/{number}/grants",
    ),
    "POST": (
        "/requests/{number}/access/grant",
        "/requests/{number}/access/extract",
        "/requests/{number}/access/refusal",
        "/requests/{number}/grants",
        "/access/grants/{token}/end",
        "/api/requests/{number}/access/grant",
        "/api/requests/{number}/access/extract",
        "/api/requests/{number}/access/refusal",
        "/api/requests/{number}/grants",
        "/api/grants/{token}/end",
        "/requests/{number}/updates",
        "/requests/{number}/take",
        "/requests/{number}/assignment",
        "/requests/{number}/handover",
        "/requests/{number}/priority",
        "/requests/{number}/resolution",
        "/requests/{number}/decline",
        "/requests/{number}/acceptance",
        "/requests/{number}/reopening",
        "/requests/{number}/withdrawal",
        "/requests/{number}/watch",
        "/requests/{number}/corrections",
        "/requests/{number}/removals",
        "/requests/{number}/removals/{token}",
        "/requests/{number}/removals/{token}/proof",
        "/api/requests/{number}/removals",
        "/api/requests/{number}/removals/{token}",
        "/requests/{number}/asks/{token}/{verb}",
        "/api/requests/{number}/asks",
        "/api/requests/{number}/asks/{token}/{verb}",
        *(
            f"{of}/requests/{{number}}/labels/{{token}}/{act}"
            for of in ("", "/api")
            for act in ("raising", "prolongation", "opening", "core", "seal", "unsealing")
        ),
        "/requests/{number}/recusals",
        "/requests/{number}/recusals/{login}/end",
        "/api/requests/{number}/recusals",
        "/api/requests/{number}/recusals/{login}/end",
        "/countersigns/{token}",
        "/api/countersigns/{token}",
        "/requests/{number}/renewal",
        "/requests/{number}/consent",
        "/requests/{number}/links",
        "/requests/{number}/links/removal",
        "/requests/{number}/merge",
        "/requests/{number}/children",
        "/requests/{number}/split",
        "/requests/{number}/follow-up",
        "/api/requests/{number}/links",
        "/api/requests/{number}/links/removal",
        "/api/requests/{number}/merge",
        "/api/requests/{number}/children",
        "/api/requests/{number}/split",
        "/api/requests/{number}/follow-up",
        "/api/requests/{number}/updates",
        "/api/requests/{number}/updates/{token}/correction",
        "/api/requests/{number}/attachments",
        "/api/requests/{number}/take",
        "/api/requests/{number}/assignment",
        "/api/requests/{number}/handover",
        "/api/requests/{number}/priority",
        "/api/requests/{number}/question",
        "/api/requests/{number}/resolution",
        "/api/requests/{number}/decline",
        "/api/requests/{number}/acceptance",
        "/api/requests/{number}/reopening",
        "/api/requests/{number}/withdrawal",
        "/api/promises/{token}/renewal",
        "/api/promises/{token}/consent",
    ),
}
REST = {
    "GET": ("/access/ask", "/live", "/static/{of}/{path}", "/schema/{path}"),
    "POST": (
        "/new",
        "/api/requests",
        "/notices/reading",
        "/access/asks",
        "/access/glass",
        "/access/glass/{token}/agreement",
        "/api/access/asks",
        "/api/access/glass",
        "/api/access/glass/{token}/agreement",
        "/escalated/{token}",
        "/admin/services",
        "/admin/services/{code}",
        "/admin/services/{code}/retirement",
        "/admin/services/{code}/return",
        "/admin/services/{code}/fields",
        "/admin/services/{code}/fields/{name}",
        "/admin/services/{code}/fields/{name}/removal",
        "/admin/rules",
        "/admin/rules/{rule}",
        "/admin/rules/{rule}/place",
        "/admin/rules/{rule}/removal",
        "/policies",
        "/policies/{line}/place",
        "/policies/{line}/end",
        "/admin/calendars/{code}/preview",
        "/admin/calendars/{code}/versions",
        "/admin/calendars/{code}/import",
        "/admin/calendars/{code}/days/{day}",
        "/admin/olas",
        "/people",
        "/people/{login}",
        "/people/{login}/superior",
        "/people/{login}/levels",
        "/people/{login}/critical",
        "/people/{login}/absence",
        "/people/{login}/absence/end",
        "/people/{login}/roles",
        "/people/{login}/links",
        "/people/{login}/departure",
        "/departments",
        "/departments/{code}",
        "/departments/{code}/head",
        "/session",
        "/logout",
        "/session/end",
        "/links/{secret}",
        "/profile",
        "/profile/language",
        "/profile/password",
        "/profile/absence",
        "/profile/absence/end",
        "/profile/sessions/end",
        "/profile/sessions/{mark}/end",
        "/profile/tokens",
        "/profile/tokens/{mark}/end",
    ),
}
BODIES = {
    "raising": {"tier": 2, "reason": "legal"},
    "prolongation": {"reason": "legal"},
    "opening": {"to": 1},
    "core": {"second": "han"},
    "seal": {"second": "han"},
    "recusals": {"why": "x"},
    "removals": {"words": "x", "reason": "legal"},
    "AAAAAAAAAAAAAAAA": {"agree": True},
    "proof": {"copy": "x"},
    "updates": {"body": "x", "tier": 1, "kind": "note"},
    "links": {"kind": "relates", "other": 2},
    "removal": {"kind": "relates", "other": 2},
    "merge": {"other": 2},
    "children": {"service": "expenses", "title": "x"},
    "split": {"title": "x"},
    "follow-up": {"title": "x"},
    "correction": {"body": "x", "why": "y"},
    "assignment": {"handler": "wu"},
    "handover": {"department": "legal", "reason": "x"},
    "priority": {"priority": "critical", "reason": "x"},
    "question": {"body": "x"},
    "resolution": {"outcome": "x"},
    "decline": {"reason": "x"},
    "reopening": {"reason": "x"},
    "watch": {"watch": "1"},
    "corrections": {"token": "x", "body": "x", "why": "y"},
    "asks": {"to": "sign:head", "body": "x"},
    "sign": {"text": ""},
    "grant": {"refs": ["x"], "until": "2026-11-23", "reason": "x"},
    "grants": {"person": "wu", "refs": ["x"], "until": "2026-11-23", "reason": "x"},
    "extract": {"tier": 2, "body": "x", "why": "y"},
    "refusal": {"code": "legal", "sentence": "x"},
    "escalated": {"reason": "x"},
    "renewal": {"until": "2026-11-23T12:00:00+08:00", "reason": "x"},
    "consent": {"until": "2026-11-23T12:00:00+08:00", "agree": True},
}

VALUES = {
    "code": "expenses", "name": "amount", "rule": "1", "department": "finance", "login": "wu", "secret": "x" * 43, "mark": "x",
    "verb": "sign", "day": "2026-12-01", "token": "A" * 16, "number": "2001",
}  # fmt: skip
TOKENS = {  # what a token names, by what stands before it; a kind that the story hides nothing of is walked with no token
    "/promises/": "promise",
    "/files/": "file",
    "/asks/": "ask",
    "/updates/": "update",
    "/escalated/": "escalation",
    "/labels/": "update",
    "/viewed/": "update",
    "/removals/": "removal",
    "/countersigns/": "countersign",
    "/grants/": "grant",
    "/glass/": "glass",
}
LIVE = "/live?request={number}"
TOKENED = (("POST", "/escalated/{token}"),)  # answers guests otherwise, whatever the token
FRAGMENTS = ("/", "/queue", "/desk", "/notices", "/notices/unread", "/promises", "/escalated")
FIGURES = re.compile(r'"closed":\d+(?=,"model")|(?<=<dt>已结束的请求</dt><dd>)\d+')
FIGURED = ("/openness", "/api/openness")  # pages of figures: under N3 every figure of theirs is one
NEVER = 900_013


def doors() -> list[tuple[str, str]]:
    """Every door that takes a number or a token of something that may be hidden."""
    return [(method, path) for method, under in UNDER.items() for path in under] + list(TOKENED)


def kind_of(path: str) -> str:
    """Which tokens an address takes; "" where it takes none."""
    if "{token}" not in path:
        return ""
    kinds = [kind for before, kind in TOKENS.items() if f"{before}{{token}}" in path]
    assert kinds, f"{path}: TOKENS does not know what its token names"
    return kinds[0]


def values_of(path: str, told: Any) -> Iterator[dict[str, Any]]:
    """One for each hidden thing that an address may name; the rest from VALUES."""
    if kind := kind_of(path):
        for number, token in told.tokens.get(kind, []):
            yield VALUES | {"number": number, "token": token}
    elif "{number}" in path:
        for number in told.places if "?" not in path else list(told.places)[::7]:
            yield VALUES | {"number": number}
    else:
        yield VALUES


def pairs(path: str, told: Any, *, guest: bool) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(what is hidden, what never was) for an address: numbers of sealed requests, tokens of hidden things."""
    if path.startswith("/find"):
        return
    if kind := kind_of(path):
        for number, token in told.tokens.get(kind, [])[:: 2 if kind == "promise" else 5]:
            never = token[:-4] + "AAAA"
            yield VALUES | {"number": number, "token": token}, VALUES | {"number": number, "token": never}
        return
    hidden = [*told.sealed[:2], *([next(iter(told.places))] if guest else [])]
    for number in hidden:
        yield VALUES | {"number": number}, VALUES | {"number": NEVER}
