from collections.abc import Sequence
from typing import Any

import asyncpg
import msgspec

from desk import clock, db
from desk.catalog import queries
from desk.catalog.actions.record import about_service, answering_department, check_administers
from desk.catalog.rules.approvers import check_steps
from desk.catalog.rules.draft import Draft, check_code, check_draft
from desk.catalog.rules.service import Field, Service, check_fields, fingerprint
from desk.catalog.tables import Field as FieldRow
from desk.catalog.tables import Service as ServiceRow
from desk.directory import queries as directory
from desk.i18n import Invalid, Refused, Sentence
from desk.journal.rules import Tag


async def add_service(code: str, draft: Draft, fields: Sequence[Field] = ()) -> Service:
    """Raises Forbidden, Invalid."""
    await check_administers()
    at = clock.now()
    check_code(code)
    check_fields(fields)
    columns = await _columns(draft)
    if draft.catch_all:
        await _hand_on_catch_all(code)
    position = draft.position or await db.call("select coalesce(max(position), 0) + 10 from services")
    try:
        rows = await ServiceRow.insert(ServiceRow(**columns | {"code": code, "position": position}))
    except asyncpg.UniqueViolationError as violation:
        if violation.constraint_name != "services_code_uq":
            raise
        raise Invalid({"code": Sentence("catalog.code_taken")}) from violation
    await _write_fields(rows[0]["id"], fields)
    await about_service(Tag.SERVICE_ADDED, rows[0]["id"], at, department=columns["department"])
    return await queries.service(code)


async def change_service(code: str, draft: Draft, *, seen: str | None = None) -> Service:
    """The form and what was promised before stay as they are. Raises NoService, Forbidden, Invalid, Refused.

    `seen`: the fingerprint of what was on the screen; when it is another service by now, nothing is written.
    """
    await check_administers()
    at = clock.now()
    before = await _locked(code)
    if seen is not None and seen != fingerprint(before):
        raise Refused("catalog.changed_meanwhile")
    columns = await _columns(draft) | {"position": draft.position or before.position}
    if before.catch_all and not draft.catch_all:
        raise Refused("catalog.catch_all_needed", field="catch_all")
    if draft.catch_all and not before.catch_all:
        await _hand_on_catch_all(code)
    changed = [name for name, value in columns.items() if _stored(getattr(before, name)) != value]
    if changed:
        await ServiceRow.update({name: columns[name] for name in changed}).where(ServiceRow.code == code)
        await about_service(Tag.SERVICE_CHANGED, before.id, at, changed=changed, department=columns["department"])
    return await queries.service(code, retired=True)


async def set_fields(code: str, fields: Sequence[Field], *, seen: Sequence[Field] | None = None) -> Service:
    """The whole form, in order. Requests filed before keep their answers. Raises NoService, Forbidden, Invalid."""
    await check_administers()
    at = clock.now()
    check_fields(fields)
    before = await _locked(code)
    if seen is not None and tuple(seen) != before.fields:
        raise Refused("catalog.changed_meanwhile")
    if tuple(fields) != before.fields:
        await FieldRow.delete().where(FieldRow.service == before.id)
        await _write_fields(before.id, fields)
        await about_service(Tag.SERVICE_CHANGED, before.id, at, changed=["fields"], names=[one.name for one in fields])
    return await queries.service(code, retired=True)


async def retire_service(code: str) -> None:
    """Nobody can ask for it any more; what was asked goes on. Raises NoService, Forbidden, Refused (catch-all)."""
    await check_administers()
    at = clock.now()
    before = await queries.service(code)
    if before.catch_all:
        raise Refused("catalog.catch_all_needed")
    await db.once(
        ServiceRow.update({ServiceRow.retired: True}).where(ServiceRow.code == code, ServiceRow.retired.eq(False))
    )
    await about_service(Tag.SERVICE_CHANGED, before.id, at, changed=["retired"], retired=True)


async def restore_service(code: str) -> None:
    """Raises NoService, Forbidden, Invalid when nobody could answer it."""
    await check_administers()
    at = clock.now()
    before = await queries.service(code, retired=True)
    if before.retired:
        await answering_department(before.department_code)
        await ServiceRow.update({ServiceRow.retired: False}).where(ServiceRow.code == code)
        await about_service(Tag.SERVICE_CHANGED, before.id, at, changed=["retired"], retired=False)


async def _columns(draft: Draft) -> dict[str, Any]:
    check_draft(draft)
    check_steps(draft.approvers, [one.code for one in await directory.departments()])
    department = await answering_department(draft.department)
    columns = msgspec.structs.asdict(draft) | {"department": department.id}
    del columns["position"]
    return {name: _stored(value) for name, value in columns.items()}


def _stored(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else msgspec.to_builtins(value)


async def _locked(code: str) -> Service:
    """Until the transaction ends nobody else changes it. Raises NoService."""
    await db.call("select id from services where code = $1 for update", code)
    return await queries.service(code, retired=True)


async def _hand_on_catch_all(code: str) -> None:
    """There is exactly one: the one before steps back in the same transaction, and two who choose follow each other."""
    await db.call("select count(*) from (select from services for update) every")
    await db.call("update services set catch_all = false where catch_all and code <> $1", code)


async def _write_fields(service: int, fields: Sequence[Field]) -> None:
    rows = [
        FieldRow(
            **msgspec.structs.asdict(one)
            | {"service": service, "position": n, "choices": msgspec.to_builtins(one.choices)}
        )
        for n, one in enumerate(fields, 1)
    ]
    if rows:
        await FieldRow.insert(*rows)
