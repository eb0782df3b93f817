"""The server's log names what went wrong and quotes nobody."""

import asyncpg
import pytest

from desk import db
from tests.cluster import Cluster
from tests.firm import Firm


async def test_an_address_that_is_taken_is_not_told_to_the_log(cluster: Cluster, firm: Firm) -> None:
    twice = "update people set email = $1 where id = any ($2)"
    with pytest.raises(asyncpg.UniqueViolationError):
        async with db.acting_as(firm.admin):
            await db.fetch(twice, "Lin.Xiaowen@example.cn", [firm.lin.person, firm.wu.person])

    log = (cluster.postgres.folder.logs / "postgres.log").read_text()
    assert "people_email_uq" in log
    assert "lin.xiaowen@example.cn" not in log.lower()
