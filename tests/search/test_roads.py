"""Whichever way the index is asked, by how frequent words are, the answer is that of whoever looks at every entry."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from desk import clock, db
from desk.db import Reader
from desk.search import rules
from tests.firm import Firm

MANY, MONTHS, RECUSED = 2_600, 30, 7
SHARES = {"common": 0.5, "several": 0.12, "fewer": 0.03, "rare": 0.002}
TERMS = [*SHARES, "several fewer", "seve", "rar", '"common several"', "burst", "formerly", "hidden", "absent"]
_FOUND = "select portion, at, place from search_terms($1::text::tsquery, $2, $3, $4)"
_PLANT = """
insert into search_entries (portion, ticket, at, terms)
select p, t, a, w::tsvector || array_to_tsvector(array['@' || to_char(a at time zone 'UTC', 'YYYY-MM')])
  from unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::text[]) x (p, t, a, w)
"""


@dataclass(frozen=True)
class Entry:
    portion: str
    ticket: int
    at: datetime
    words: tuple[str, ...]
    locks: tuple[str, ...]
    sealed: bool

    @property
    def terms(self) -> str:
        signs = [f"={lock}" for lock in (*self.locks, self.portion)] + (["!sealed"] if self.sealed else [])
        places = [f"'{word}':{place}" for place, word in enumerate(self.words, 1)]
        return " ".join([*places, *(f"'{sign}'" for sign in signs)])


@pytest.fixture
async def planted(firm: Firm, superuser: asyncpg.Connection) -> list[Entry]:
    entries = list(_entries(random.Random(11), firm))
    await superuser.execute("set session_replication_role = replica; delete from search_entries")
    columns = [[e.portion for e in entries], [e.ticket for e in entries], [e.at for e in entries]]
    await superuser.execute(_PLANT, *columns, [e.terms for e in entries])
    await superuser.execute(
        "insert into recusals (person, ticket, since, by, why) values ($1, $2, $3, $1, 'x')",
        firm.wu.person, RECUSED, clock.now() - timedelta(days=900),
    )  # fmt: skip
    await superuser.execute("set session_replication_role = origin")
    return entries


def _entries(chance: random.Random, firm: Firm) -> Iterable[Entry]:
    kinds = [("everyone",), ("staff",), ("staff",), (f"department:{firm.finance}", f"person:{firm.lin.person}"),
             (f"handlers:{firm.finance}",), (f"person:{firm.zhao.person}",), ("person:0",)]  # fmt: skip
    for number in range(MANY):
        age = chance.random() ** 2 * MONTHS * 30.4
        at = clock.now() - timedelta(days=age, seconds=number)
        words = [word for word, share in SHARES.items() if chance.random() < share]
        words += ["burst"] * (age < 20) + ["formerly"] * (age > 700)
        locks = chance.choice(kinds)
        if locks == ("person:0",):
            words.append("hidden")
        yield Entry(
            f"update:{number}",
            number % 40,
            at,
            tuple(words),
            locks,
            sealed=locks[0] not in ("everyone", "staff") and chance.random() < 0.05,
        )


def _reads(entry: Entry, keys: set[str], own: set[str], recused: set[int]) -> bool:
    if entry.locks[0] in ("everyone", "staff"):
        return entry.locks[0] in keys
    return not keys.isdisjoint(entry.locks) and (entry.ticket not in recused or not own.isdisjoint(entry.locks))


def _holds(entry: Entry, typed: str) -> bool:
    if typed.startswith('"'):
        first, second = typed.strip('"').split()
        return (first, second) in zip(entry.words, entry.words[1:], strict=False)
    *whole, last = typed.split()
    return all(word in entry.words for word in whole) and any(word.startswith(last) for word in entry.words)


async def _all_pages(who: Reader, typed: str, size: int) -> list[str]:
    found: list[str] = []
    before: tuple[datetime | None, int | None] = (None, None)
    async with db.acting_as(who, writing=False):
        while True:
            rows = await db.fetch(_FOUND, rules.of_query(typed).words, *before, size)
            found += [row["portion"] for row in rows]
            if len(rows) < size:
                return found
            before = (rows[-1]["at"], rows[-1]["place"])


@pytest.mark.parametrize("login", ["lin", "wu", "zhao", "guest"])
async def test_every_road_finds_what_a_look_at_every_entry_finds(firm: Firm, planted: list[Entry], login: str) -> None:
    who: Reader = getattr(firm, login)
    async with db.acting_as(who, writing=False):
        keys = set(await db.call("select reader_keys()"))
        own = set(await db.call("select reader_own_keys()"))
    recused = {RECUSED} if login == "wu" else set()
    newest = sorted(planted, key=lambda e: e.at, reverse=True)

    for typed in TERMS:
        expected = [e.portion for e in newest if _holds(e, typed) and _reads(e, keys, own, recused)]
        assert await _all_pages(who, typed, 2_000) == expected, (typed, "at once")
        assert await _all_pages(who, typed, 60) == expected, (typed, "page by page")


def test_the_words_are_as_frequent_as_the_roads_need(firm: Firm) -> None:
    entries = list(_entries(random.Random(11), firm))
    readable = [e for e in entries if not e.sealed and not {"everyone", "staff"}.isdisjoint(e.locks)]
    share = {typed: sum(_holds(e, typed) for e in readable) / len(readable) for typed in TERMS}

    assert len(readable) > 1_000  # more than two samples
    assert share["common"] > 0.4
    assert share["several"] > 0.1
    assert 0.005 < share["fewer"] < 0.1
    assert 0 < share["rare"] < 0.004
    assert share["hidden"] == share["absent"] == 0
    assert all(e.at.tzinfo == UTC for e in entries)
