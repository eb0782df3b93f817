"""A firm with a past: portions of past days, put there as the desk would have written them."""

from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from tests.firm import Firm

Past = Callable[..., Awaitable[None]]
_COPY = """
insert into updates (token, ticket, author, at, kind, for_requester, body, tier, owner_department, reason, opens_on, opens_to, sealed, day, audience)
select substr(md5(random()::text), 1, 24), t.id, $2, $3::text::timestamptz, $6::text, false, 'x', $4::smallint, $5::integer, case when $4 >= 2 then 'negotiation' end,
       case when $4 >= 2 then $3::text::date + 90 end, 1, $8::boolean, $3::text::date, case when $4 >= 2 then array['handlers:' || $5::integer] else '{staff}' end
  from tickets t, generate_series(1, $7::integer) where t.number = $1
"""


@pytest.fixture
async def past(firm: Firm, superuser: asyncpg.Connection) -> Past:
    """`n` updates of a tier on a day, by 吴, of finance unless another department is named."""
    number = await firm.lin_asks_for("a laptop")
    await superuser.execute("update tickets set day = '2025-01-01'")  # in no month that is told

    async def put(
        day: str, tier: int, n: int, *, of: int | None = None, sealed: bool = False, kind: str = "note"
    ) -> None:
        of = of or firm.finance
        await superuser.execute(_COPY, number, firm.wu.person, day, tier, of, kind, n, sealed)

    return put
