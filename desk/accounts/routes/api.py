from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from desk import db, settings
from desk.accounts.queries import Standing
from desk.directory import queries as directory
from desk.web.viewer import Asks


class Department(Struct, frozen=True):
    code: str
    name_zh: str
    name_en: str


class Me(Struct, frozen=True):
    """Who the token or session speaks for."""

    login: str
    name: str
    department: Department
    levels: dict[str, str]  # code of a department -> member, handler
    heads: list[str]  # codes of departments that the person leads
    roles: list[str]
    guest: bool
    language: str
    theme: str
    zone: str
    highest_tier: int  # what this access reaches at most
    writes: bool


@get("/api/me", tags=["accounts"], summary="Who I am here")
async def me(reader: Asks, standing: NamedDependency[Standing]) -> Me:
    async with db.acting_as(reader, writing=False):
        codes = {one.id: one.code for one in await directory.departments(closed=True)}
        levels = await directory.levels(standing.person)
    return Me(
        login=standing.login,
        name=standing.name,
        department=Department(standing.department_code, standing.department_zh, standing.department_en),
        levels={codes[of]: "handler" if level >= 3 else "member" for of, level in levels.items()},
        heads=[codes[of] for of in standing.heads],
        roles=list(standing.roles),
        guest=standing.guest,
        language=standing.language or settings.current().language,
        theme=standing.theme or "auto",
        zone=standing.zone or settings.current().zone,
        highest_tier=standing.cap,
        writes=standing.writes,
    )
