from datetime import datetime

from msgspec import Struct

from desk import db
from desk.directory.rules import Unknown
from desk.i18n import either


class Department(Struct, frozen=True):
    id: int
    code: str
    name_zh: str
    name_en: str
    closed_at: datetime | None

    def name(self, language: str) -> str:
        return either(language, self.name_zh, self.name_en)


_COLUMNS = "select d.id, d.code, d.name_zh, d.name_en, d.closed_at from departments d"
_LED = (
    " join headships h on h.department = d.id where h.person = $1 and (h.until is null or h.until > $2) order by d.code"
)


async def department(of: int) -> Department:
    """Raises Unknown."""
    return _one(await db.fetch_one(_COLUMNS + " where d.id = $1", of))


async def department_called(code: str) -> Department:
    """Raises Unknown."""
    return _one(await db.fetch_one(_COLUMNS + " where d.code = $1", code))


async def departments(*, closed: bool = False) -> list[Department]:
    """In the order of their codes; with `closed`, those that are closed too."""
    rows = await db.fetch(_COLUMNS + " where $1 or d.closed_at is null order by d.code", closed)
    return [Department(*row) for row in rows]


async def head(of: int, at: datetime) -> int | None:
    """The id of the person who leads a department at an instant."""
    return (await heads(at)).get(of)


async def heads(at: datetime) -> dict[int, int]:
    """Department -> the person who leads it at an instant."""
    rows = await db.fetch("select department, person from headships where during @> $1::timestamptz", at)
    return {row["department"]: row["person"] for row in rows}


async def led(by: int, at: datetime) -> list[Department]:
    """What a person leads, or is going to lead, after an instant."""
    rows = await db.fetch(_COLUMNS + _LED, by, at)
    return [Department(*row) for row in rows]


def _one(row: object) -> Department:
    if row is None:
        raise Unknown("directory.no_such_department")
    return Department(*row)  # type: ignore[misc]
