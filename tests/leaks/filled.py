"""What the walks fill in: bodies by the last part of an address, values and tokens of placeholders, figures that are announced."""

import re
from collections.abc import Iterator
from typing import Any

from tests.leaks.routes import UNDER

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
    "changes": {"day": "2026-11-20", "words": "x"},
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
    "escalated": {"cause": "waited", "reason": "x"},
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
    "/mine/": "sending",
    "/letters/": "came",
}
LIVE = "/live?request={number}"
TOKENED = (("POST", "/escalated/{token}"),)  # answers guests otherwise, whatever the token
FRAGMENTS = ("/", "/queue", "/desk", "/notices", "/notices/unread", "/promises", "/escalated")
FIGURES = re.compile(r'"closed":\d+(?=,"model")|(?<=<dt>已结束的请求</dt><dd>)\d+')
FIGURED = ("/openness", "/api/openness")  # pages of figures: under N3 every figure of theirs is one
REPORTED = "/reports"  # whole sections of figures stand there beside what the reader may read
SHEETS = ("/sheets/", "/public.", "/published.")  # files of figures, and of nothing else
HIDDEN_LINES = re.compile(r"^,.*\r?\n", re.M)  # markers at the end of a file: a line without a number
COUNTED = re.compile(r'<section class="section figures.*?</section>', re.S)
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
