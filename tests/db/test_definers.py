"""Functions that see with the eyes of the locksmith: who may call them, and as whom."""

import asyncpg
import pytest

from desk import db
from tests.firm import Firm

_DEFINERS = """
select p.oid::regprocedure::text as name, p.proowner::regrole::text as owner,
       exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
                where g.grantee = 0 and g.privilege_type = 'EXECUTE') as public,
       has_function_privilege('desk_app', p.oid, 'execute') as app, p.proconfig
  from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace
"""
FOR_THE_DESK_ONLY = {
    "entry_facts": "select * from entry_facts(1)",
    "concerned": "select * from concerned(1, '2026-11-20')",
    "open_due": "select * from open_due('{1}', '2026-11-20', '2026-11-20')",
    "sweep_promises": "select * from sweep_promises('2026-11-20')",
    "lapse_acceptances": "select * from lapse_acceptances('2026-11-20')",
    "forecast_cells": "select * from forecast_cells('2026-01-01', '2026-10-20', '2026-11-20')",
    "forecast_loads": "select * from forecast_loads()",
    "search_missing": "select * from search_missing(1)",
    "claim_sendings": "select * from claim_sendings('2026-11-20', '2026-11-20', 1)",
    "sending_became": "select sending_became(1, 'sent', null, null, '2026-11-20')",
    "bounce_sending": "select bounce_sending(1, null, null, true, 'x', 'x', '2026-11-20')",
    "digests_due": "select * from digests_due('2026-11-20', 1)",
    "drop_held": "select drop_held(1, '2026-11-20')",
    "untried_since": "select untried_since('2026-11-20')",
    "operator_entry": "select operator_entry('x', '2026-11-20', 'person:1', '{}', '{staff}')",
}


@pytest.mark.usefixtures("desk")
async def test_nobody_may_call_a_definer_function_by_being_anybody(superuser: asyncpg.Connection) -> None:
    rows = await superuser.fetch(_DEFINERS)

    assert len(rows) > 10
    assert [row["name"] for row in rows if row["public"]] == []
    assert {row["name"].partition("(")[0] for row in rows if row["owner"] != "desk_locksmith"} == {"search_terms"}
    assert {row["owner"] for row in rows} == {"desk_locksmith", "desk_search"}
    assert [row["name"] for row in rows if "search_path=public, pg_temp" not in (row["proconfig"] or ())] == []
    assert {row["name"] for row in rows if not row["app"]} == {
        *("mark_late()", "mark_late_of_request()", "mark_late_of_words()"),  # triggers
        *("relock_ticket(bigint)", "take_seal()"),
    }


async def test_a_role_without_the_rights_of_the_desk_becomes_no_reader(
    firm: Firm, superuser: asyncpg.Connection
) -> None:
    await superuser.execute("create role passer_by")
    try:
        await superuser.execute("set role passer_by")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await superuser.fetch("select become_reader($1, 4, '2026-11-20')", firm.qian.person)
    finally:
        await superuser.execute("reset role; drop role passer_by")


@pytest.mark.parametrize("name", FOR_THE_DESK_ONLY)
async def test_what_the_desk_does_by_itself_nobody_does_in_its_stead(firm: Firm, name: str) -> None:
    async with db.acting_as(db.NOBODY):
        await db.fetch(FOR_THE_DESK_ONLY[name])
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.admin):
            await db.fetch(FOR_THE_DESK_ONLY[name])
