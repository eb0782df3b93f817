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
    "/requests/{number}",
    "/desk",
    "/queue",
    "/queue?department=finance&state=all",
    "/queue?department=hr&state=all",
    "/queue?state=all&department=all",
    "/queue?mine=true&state=all",
    "/find?number={number}",
    "/api/requests",
    "/api/requests?department=finance",
    "/api/requests?department=hr",
    "/api/requests?mine=true",
    "/api/requests/{number}",
    "/escalated",
    "/promises",
    "/promises?of=by_me&show=today",
    "/promises?of=department&show=broken",
    "/promises?of=to_me&show=asked",
    "/forecast",
    "/api/forecast",
    "/notices",
    "/notices/unread",
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
        "/api/requests/{number}",
        "/promises/{token}",
        "/files/{token}",
        "/api/files/{token}",
        "/find?number={number}",
    ),
    "POST": (
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
        "/requests/{number}/asks/{token}/{verb}",
        "/api/requests/{number}/asks",
        "/api/requests/{number}/asks/{token}/{verb}",
        "/requests/{number}/renewal",
        "/requests/{number}/consent",
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
    "GET": ("/live", "/static/{of}/{path}", "/schema/{path}"),
    "POST": (
        "/new",
        "/api/requests",
        "/notices/reading",
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
    "updates": {"body": "x", "tier": 1, "kind": "note"},
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
