"""What a service asks before it can begin, and has not been told: asked for once, all together."""

from desk import db

_MISSING = """
select f.label_zh, f.label_en from tickets t join fields f on f.service = t.service
 where t.id = $1 and t.channel = 'mail' and f.required and coalesce(t.fields ->> f.name, '') = ''
 order by f.position, f.id
"""


async def facts(ticket: int) -> list[tuple[str, str]]:
    """(zh, en): questions of its form that have no answer. None for who may not read it."""
    return [(row["label_zh"], row["label_en"]) for row in await db.fetch(_MISSING, ticket)]
