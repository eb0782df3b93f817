"""Leaks that others had, put into the desk on purpose: a walk that does not find them proves nothing.

A leak is a patch of a query, a template, a header or an error (`patch`), of the database (`sql`), or of what is done while the world is
told (`told`: the kinds of hidden things that are told then). It names the one cell where it must be found: law, reader, addresses.

Waiting for what the desk does not have yet: CSV, PDF, ZIP, thumbnails, print view, RSS and iCal, webhooks and drafts; those of letters stand in tests/leaks/test_letters.py. (Quotes, totals,
snippets and previews are seeded where the desk has the nearest thing.) "Rights revoked during load" is a
race, no matter of two worlds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from desk import db
from tests.leaks.hiding import Told

Patch = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Leak:
    name: str
    law: str
    reader: str
    paths: tuple[str, ...]  # {place} stands for the numbers of a place: "/requests/{note, last}"; {file}: its tokens
    patch: Patch | None = None
    sql: str = ""
    told: tuple[str, ...] = ()
    doors: tuple[tuple[str, str], ...] = ()  # N4: the doors that are tried

    def wanted(self, told: Told) -> list[str]:
        found: list[str] = []
        for path in self.paths:
            before, brace, rest = path.partition("{")
            if not brace:
                found.append(path)
                continue
            what, _, after = rest.partition("}")
            if what in told.tokens:
                values: list[Any] = [token for _, token in told.tokens[what]]
            else:
                values = [number for number, place in told.places.items() if place.startswith(what)]
            assert values, f"{self.name}: nothing is called {what}"
            found += [f"{before}{value}{after}" for value in values]
        return found


def wider(module: Any, name: str, *swaps: tuple[str, str]) -> Patch:
    """A text of the module with other words in it. Fails when it no longer says what was to be replaced."""

    def patch(at: pytest.MonkeyPatch) -> None:
        text = getattr(module, name)
        for old, new in swaps:
            assert old in text, f"{module.__name__}.{name} no longer says {old!r}"
            text = text.replace(old, new)
        at.setattr(module, name, text)

    return patch


def instead(module: Any, name: str, make: Callable[[Any], Any]) -> Patch:
    """Something of the module, made anew from what it was."""
    return lambda at: at.setattr(module, name, make(getattr(module, name)))


def both(*patches: Patch) -> Patch:
    def patch(at: pytest.MonkeyPatch) -> None:
        for one in patches:
            one(at)

    return patch


def respelt(function: str, *swaps: tuple[str, str]) -> str:
    """A function of the database with other words in it."""
    steps = "".join(
        f"if position($x${old}$x$ in body) = 0 then raise exception '% no longer says %', '{function}', $x${old}$x$; end if;"
        f" body := replace(body, $x${old}$x$, $x${new}$x$);"
        for old, new in swaps
    )
    return (
        f"do $do$ declare body text := pg_get_functiondef('{function}'::regproc); begin {steps} execute body; end $do$;"
    )


async def exists(sql: str, *values: Any) -> bool:
    return bool(await db.call(sql, *values))
