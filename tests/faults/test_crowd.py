"""More than the desk can serve at once."""

from contextlib import AsyncExitStack

from desk.db.engine import pool
from tests.site import Site


async def test_a_desk_without_a_free_connection_says_when_to_come_back(site: Site):
    program = await site.program("lin")
    async with AsyncExitStack() as held:
        for _ in range(pool().get_max_size()):
            await held.enter_async_context(pool().acquire())
        answer = await program.get("/api/me")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert (await program.get("/api/me")).status_code == 200
