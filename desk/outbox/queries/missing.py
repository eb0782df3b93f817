"""What a service asks before it can begin, and has not been told: asked for once, all together."""

import msgspec

from desk import db
from desk.catalog.queries import OF_FORM
from desk.catalog.rules.service import Field

_MISSING = f"""
select coalesce(json_agg(f), '[]')::text from tickets t
 cross join lateral ({OF_FORM.replace("$1", "t.service")}) f
 where t.id = $1 and f.required and coalesce(t.fields ->> f.name, '') = ''
"""  # noqa: S608 - a constant of the catalogue


async def facts(ticket: int) -> list[Field]:
    found = await db.call(_MISSING, ticket)
    return msgspec.json.decode(found, type=list[Field])
