"""One portion of a request by its token, as its label holds it, together with the one who looks at it."""

from dataclasses import dataclass
from datetime import datetime

from desk import db
from desk.disclosure.queries.writers import WRITER, label_of, writer_in
from desk.disclosure.rules import Tier, Writer
from desk.disclosure.rules.changes import REQUEST, Held
from desk.i18n import NotFound

_LABEL = """
x.tier, x.owner_department, x.reason, x.sentence, x.opens_on, x.opens_to, x.day, x.sealed, x.sealed_until, x.raised_on,
x.prolonged, x.audience"""
_PORTION = f"""
select p.*, t.id as ticket, t.number, t.requester, t.department as serving, t.tier as floor,
       t.id = any (reader_recused()) as recused, s.tier as service_tier, w.*
  from tickets t join services s on s.id = t.service
 cross join lateral (
   select 'ticket:' || x.id as item, 'request' as what, coalesce(x.logged_by, x.requester) as author, {_LABEL}
     from tickets x where x.id = t.id and $4 = 'request'
   union all
   select 'update:' || x.id, 'words', x.author, {_LABEL} from updates x where x.ticket = t.id and x.token = $4
   union all
   select 'attachment:' || x.id, 'file', x.author, {_LABEL} from attachments x where x.ticket = t.id and x.token = $4) p
 cross join ({WRITER}) w
 where t.number = $3
"""  # noqa: S608 - of this package


@dataclass(frozen=True, kw_only=True)
class Portion:
    """`item` is what the locksmith moves: ticket:17, update:9001, attachment:5."""

    number: int
    token: str
    ticket: int
    item: str
    audience: list[str]
    held: Held
    writer: Writer


_FILES = """
select a.token, a.name from attachments a
 where a.ticket = $1 and $2 = coalesce('update:' || a.of_update, 'ticket:' || a.ticket) order by a.id
"""


async def files(of: "Portion") -> list[tuple[str, str]]:
    """(token, name) of what hangs on it, as far as the reader may read it."""
    return [(row["token"], row["name"]) for row in await db.fetch(_FILES, of.ticket, of.item)]


async def portion(number: int, token: str, *, at: datetime) -> Portion:
    """`token`: of words or of a file, "request" for the request itself. Raises NotFound, for what is hidden alike."""
    me = db.reader().person
    row = await db.fetch_one(_PORTION, me, at, number, token)
    if row is None or me is None:
        raise NotFound
    whole = row["what"] == REQUEST
    held = Held(
        what=row["what"], label=label_of(row), author=row["author"], requester=row["requester"],
        serving=row["serving"], floor=Tier.OPEN if whole or row["floor"] < Tier.DEPARTMENT else Tier(row["floor"]),
        least=Tier(row["service_tier"]) if whole else Tier.OPEN, sealed=row["sealed"], raised_on=row["raised_on"],
        sealed_until=row["sealed_until"], prolonged=row["prolonged"],
    )  # fmt: skip
    return Portion(
        number=row["number"], token=token, ticket=row["ticket"], item=row["item"], audience=list(row["audience"]),
        held=held, writer=writer_in(row, me),
    )  # fmt: skip
