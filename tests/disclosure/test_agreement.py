"""The Python rule and the SQL policy decide alike on random firms, people, requests and portions."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from desk import db
from desk.disclosure import rules
from desk.disclosure.rules import Label, Parties, Tier

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
TODAY = date(2026, 11, 20)
_TICKET = """
insert into tickets (number, service, department, accountable, requester, requesting_department, state, channel, filed_at, reopened, title, body,
  tier, owner_department, reason, opens_to, sealed, day, audience)
values (nextval('ticket_numbers'), $1, $2, $2, $3, $4, 'open', 'web', $5, 0, 't', 'b', $6, $7, $8, 1, $9, $10, $11) returning id
"""
_UPDATE = """
insert into updates (token, ticket, author, at, kind, for_requester, body, tier, owner_department, reason, opens_to, sealed, day, audience)
values (md5(random()::text)::varchar(24), $1, $2, $3, $4, $5, 'b', $6, $7, $8, 1, $9, $10, $11) returning id
"""


class Firm:
    """Random people with random levels, heads, absences of rank, grants and recusals; planted, not acted."""

    def __init__(self, dice: random.Random, root: asyncpg.Connection) -> None:
        self.dice, self.root = dice, root
        self.people: dict[int, dict[str, object]] = {}
        self.portions: list[dict[str, Any]] = []

    async def found(self) -> None:
        add = "insert into departments (code, name_zh, name_en) values ($1, $1, $1) returning id"
        self.departments = [await self.root.fetchval(add, f"d{i}") for i in range(5)]
        self.service = await self.root.fetchval(
            "insert into services (code, position, department, icon, name_zh, name_en, scope_zh, scope_en, excludes_zh, excludes_en, bring_zh,"
            " bring_en, keywords, tier) values ('s', 1, $1, '', '', '', '', '', '', '', '', '', '', 1) returning id",
            self.departments[0],
        )
        for i in range(24):
            await self._hire(i)

    async def _hire(self, i: int) -> None:
        home, guest, left = self.dice.choice(self.departments), self.dice.random() < 0.1, self.dice.random() < 0.1
        who = await self.root.fetchval(
            "insert into people (login, name, email, department, guest, left_at) values ($1, $1, $1, $2, $3, $4) returning id",
            f"p{i}", home, guest, NOW - timedelta(days=1) if left else None,
        )  # fmt: skip
        levels = {home: 2} | {
            of: self.dice.choice((2, 3)) for of in self.dice.sample(self.departments, self.dice.randint(0, 2))
        }
        for of, level in levels.items():
            await self.root.execute(
                "insert into memberships (person, department, level) values ($1, $2, $3)", who, of, level
            )
        if i < len(self.departments):
            levels[self.departments[i]] = 3
            await self.root.execute(
                "insert into headships (department, person, since) values ($1, $2, $3)",
                self.departments[i],
                who,
                NOW - timedelta(days=9),
            )
        self.people[who] = {"active": not left, "guest": guest, "levels": levels, "grants": set(), "recused": set()}

    async def plant(self) -> None:
        dice, staff = self.dice, list(self.people)
        requester, serving, requesting = (
            dice.choice(staff),
            dice.choice(self.departments),
            dice.choice(self.departments),
        )
        own = self._label(dice.choice((0, 1, 1, 1, 2, 3, 4)))
        parties = Parties(requester=requester, requesting=requesting, serving=serving, label=own)
        audience = rules.locks(own, author=requester, parties=parties, for_requester=True)
        sealed = own.tier >= 3 and dice.random() < 0.3
        ticket = await self.root.fetchval(
            _TICKET,
            self.service,
            serving,
            requester,
            requesting,
            NOW,
            own.tier.value,
            own.owner,
            own.reason,
            sealed,
            own.day,
            audience,
        )
        self.portions.append(
            {"item": f"ticket:{ticket}", "ticket": ticket, "audience": audience, "sealed": sealed, "table": "tickets"}
        )
        for _ in range(dice.randint(1, 3)):
            await self._write(ticket, parties)
        if dice.random() < 0.3:
            await self._raise(ticket, parties, author=requester)
        await self._exceptions(ticket)

    async def _raise(self, ticket: int, parties: Parties, author: int) -> None:
        """As the locksmith raises a request or words, and as the rule says that these and what hangs on them are then."""
        to = Tier(self.dice.choice((2, 3, 4)))
        mine = [portion for portion in self.portions if portion["ticket"] == ticket]
        whole, *words = mine
        item = self.dice.choice(mine)
        if (item is whole and (to == Tier.CORE or parties.label.tier >= to)) or item.get("tier", Tier.OPEN) >= to:
            return
        owner = parties.serving
        sql = "select shut_further($1, $2, 'legal', 's', $3, $4, $5)"
        await self.root.execute(sql, item["item"], to.value, TODAY + timedelta(days=90), owner, TODAY)
        after = Label(tier=to, owner=owner, day=TODAY)
        if item is whole:
            parties = replace(parties, label=after)
            whole["audience"] = rules.locks(after, author=author, parties=parties, for_requester=True)
        for portion in words if item is whole else [item]:
            label = after if portion["tier"] < to else portion["label"]
            portion["audience"] = rules.locks(
                label, author=portion["author"], parties=parties, for_requester=portion["answers"]
            )

    async def _write(self, ticket: int, parties: Parties) -> None:
        dice, author = self.dice, self.dice.choice(list(self.people))
        own = rules.under(self._label(dice.choice((0, 1, 2, 3, 4))), parties.label)
        note = dice.random() < 0.5
        audience = rules.locks(own, author=author, parties=parties, for_requester=not note)
        sealed = own.tier >= 3 and dice.random() < 0.3
        row = await self.root.fetchval(
            _UPDATE,
            ticket,
            author,
            NOW,
            "note" if note else "reply",
            not note,
            own.tier.value,
            own.owner,
            own.reason,
            sealed,
            own.day,
            audience,
        )
        self.portions.append(
            {"item": f"update:{row}", "ticket": ticket, "audience": audience, "sealed": sealed, "table": "updates"}
            | {"author": author, "answers": not note, "tier": own.tier, "label": own}
        )

    async def _exceptions(self, ticket: int) -> None:
        dice = self.dice
        if dice.random() < 0.3:
            who, item, live = dice.choice(list(self.people)), dice.choice(self.portions)["item"], dice.random() < 0.6
            until = NOW + timedelta(days=1 if live else -1)
            await self.root.execute(
                "insert into grants (person, item, since, until, by, why) values ($1, $2, $3, $4, $1, '')",
                who,
                item,
                NOW - timedelta(days=5),
                until,
            )
            if live:
                self.people[who]["grants"].add(item)  # type: ignore[attr-defined]
        if dice.random() < 0.3:
            who, over = dice.choice(list(self.people)), dice.random() < 0.3
            await self.root.execute(
                "insert into recusals (person, ticket, since, until, by, why) values ($1, $2, $3, $4, $1, '')",
                who, ticket, NOW - timedelta(days=2), NOW if over else None,
            )  # fmt: skip
            if not over:
                self.people[who]["recused"].add(ticket)  # type: ignore[attr-defined]

    def _label(self, tier: int) -> Label:
        reason = rules.Reason.LEGAL if tier >= 2 else None
        return Label(
            tier=Tier(tier),
            owner=self.dice.choice(self.departments),
            day=TODAY - timedelta(days=self.dice.randint(0, 40)),
            reason=reason,
        )


async def _visible(who: int) -> set[str]:
    async with db.acting_as(db.Reader(who), writing=False):
        rows = await db.fetch(
            "select 'ticket:' || id as item from tickets union all select 'update:' || id from updates"
        )
    return {row["item"] for row in rows}


async def _compare(firm: Firm) -> int:
    for who, facts in firm.people.items():
        held = rules.keys(who, **facts)  # type: ignore[arg-type]
        expected = {p["item"] for p in firm.portions if rules.opens(p["audience"], p["item"], p["ticket"], held)}  # type: ignore[arg-type]
        assert await _visible(who) == expected, f"person {who}: {facts}"
    return len(firm.people) * len(firm.portions)


async def _agree(superuser: asyncpg.Connection, wanted: int, clear: str) -> None:
    decided, seed = 0, 0
    while decided < wanted:
        await superuser.execute(clear)
        firm = Firm(random.Random(seed), superuser)
        await firm.found()
        for _ in range(60):
            await firm.plant()
        decided += await _compare(firm)
        seed += 1


_CLEAR = "truncate people, departments, services, tickets, updates, grants, recusals, memberships, headships cascade"


@pytest.mark.usefixtures("desk", "still")
async def test_rule_and_policy_agree_on_a_few_thousand_decisions(superuser: asyncpg.Connection) -> None:
    await _agree(superuser, 5_000, _CLEAR)


@pytest.mark.slow
@pytest.mark.usefixtures("desk", "still")
async def test_rule_and_policy_agree_on_50_000_random_decisions(superuser: asyncpg.Connection) -> None:
    await _agree(superuser, 50_000, _CLEAR)


@pytest.mark.usefixtures("desk", "still")
async def test_the_locksmith_computes_the_locks_that_the_rule_computes(superuser: asyncpg.Connection) -> None:
    dice = random.Random(7)
    for _ in range(2_000):
        requester, author, serving, requesting, owner = (dice.randint(1, 4) for _ in range(5))
        request = Label(tier=Tier(dice.randint(0, 1)), owner=serving, day=TODAY)
        own = rules.under(Label(tier=Tier(dice.randint(0, 4)), owner=owner, day=TODAY), request)
        parties = Parties(requester=requester, requesting=requesting, serving=serving, label=request)
        answered, asked = dice.random() < 0.5, dice.choice(([], ["person:9"], ["department:4", "handlers:2"]))
        in_sql = await superuser.fetchval(
            "select portion_locks($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            own.tier.value, author, own.owner, serving, requesting, requester, answered, request.tier == Tier.OPEN, asked,
        )  # fmt: skip
        assert in_sql == rules.locks(own, author=author, parties=parties, for_requester=answered, asked=asked)
