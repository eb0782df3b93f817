"""The service of a request, also when it is no longer offered."""

from desk import db
from desk.catalog import queries as catalog
from desk.catalog.rules.service import Service


async def service_of(service: int) -> Service:
    code = await db.call("select code from services where id = $1", service)
    return await catalog.service(code, retired=True)
