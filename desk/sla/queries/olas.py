"""What departments have promised each other."""

from datetime import datetime

import msgspec
from msgspec import Struct

from desk import db
from desk.i18n import either
from desk.sla.rules import targets
from desk.sla.rules.targets import SameDay, Target

_TARGET = "select target from ola_targets where asking = $1 and asked = $2 and ended_at is null"
_LIVE = """
select o.asking, o.asked, a.name_zh as asking_zh, a.name_en as asking_en, d.name_zh as asked_zh, d.name_en as asked_en,
       o.target, o.made_at, p.name as made_by
  from ola_targets o join departments a on a.id = o.asking join departments d on d.id = o.asked
  left join people p on p.id = o.made_by where o.ended_at is null order by a.code, d.code
"""


class Ola(Struct, frozen=True, kw_only=True):
    """What `asked` promises when `asking` asks it."""

    asking: int
    asked: int
    asking_zh: str
    asking_en: str
    asked_zh: str
    asked_en: str
    target: Target
    made_at: datetime
    made_by: str | None

    def names(self, language: str) -> tuple[str, str]:
        return either(language, self.asking_zh, self.asking_en), either(language, self.asked_zh, self.asked_en)


async def target(asking: int, asked: int) -> Target:
    """The same day where the two have agreed on nothing."""
    found = await db.call(_TARGET, asking, asked)
    return SameDay() if found is None else targets.read(msgspec.json.decode(found))


async def olas() -> list[Ola]:
    """All that hold, by the codes of the two."""
    rows = await db.fetch(_LIVE)
    return [Ola(**{**row, "target": targets.read(msgspec.json.decode(row["target"]))}) for row in map(dict, rows)]
