"""What a request that came by mail does not say yet: to be asked for once, all together (一次性告知)."""

from desk import db

_FACTS = """
select f.label_zh, f.label_en from tickets t join fields f on f.service = t.service
 where t.id = $1 and t.channel = 'mail' and f.required and not (t.fields ? f.name)
   and t.accountable = (select s.department from services s where s.id = t.service)
 order by f.position, f.id
"""


async def facts(ticket: int) -> list[tuple[str, str]]:
    """(zh, en): the questions of its form that have no answer, in the form's order. None for who may not read it."""
    return [(row["label_zh"], row["label_en"]) for row in await db.fetch(_FACTS, ticket)]
