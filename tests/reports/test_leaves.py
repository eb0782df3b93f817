"""A list that is longer than a leaf is turned: every row behind a figure can be reached, and none stands on two."""

import re

from desk import db
from desk.directory import actions as directory
from desk.reports.rules.leaves import LEAF, Leaf, leaf
from tests.firm import Firm
from tests.site import Site

ROWS = re.compile(r'row__title"><a href="/requests/(\d+)"')
OLDER = re.compile(r'href="([^"]+)" rel="next"')


def test_a_leaf_knows_its_neighbours() -> None:
    full = range(LEAF + 1)

    assert leaf(1, full, str) == Leaf(1, LEAF, "", "2")
    assert leaf(2, full, str) == Leaf(LEAF + 1, 2 * LEAF, "1", "3")
    assert leaf(3, range(7), str) == Leaf(2 * LEAF + 1, 2 * LEAF + 7, "2", "")
    assert leaf(1, [], str) == Leaf(1, 0, "", "")


async def test_every_row_stands_on_one_leaf(firm: Firm, site: Site) -> None:
    numbers = {await firm.lin_asks_for(f"matter {n}") for n in range(LEAF + 3)}
    await firm.time_passes_until("2026-11-23 11:00")
    qian = await site.browser("qian")
    for path in ("promises?kind=first_reply&failures=true&", "requests?what=came&"):
        first = (await qian.http.get(f"/reports/finance/{path}from=2026-11-01&to=2026-11-30")).text
        (older,) = OLDER.findall(first)
        second = (await qian.http.get(older.replace("&amp;", "&"))).text
        found = [int(number) for page in (first, second) for number in ROWS.findall(page)]
        assert len(ROWS.findall(first)) == LEAF
        assert sorted(found) == sorted(numbers)
        assert OLDER.findall(second) == []


async def test_markers_stand_on_the_first_leaf_and_a_leaf_beyond_the_last_is_empty(firm: Firm, site: Site) -> None:
    async with db.acting_as(db.NOBODY):
        await directory.set_head(firm.hr, firm.han.person)
        await directory.set_superior(firm.han.person, firm.zhao.person)
    await firm.lin_asks_for("my salary", service="payroll")
    zhao = await site.browser("zhao")
    pages = [(await zhao.http.get(f"/reports/hr/requests?what=came&leaf={n}")).text for n in (1, 2)]

    assert ['class="marker"' in page for page in pages] == [True, False]
    assert 'rel="prev"' in pages[1]
    for wrong in ("0", "-1", "10001", "one"):
        assert (await zhao.http.get(f"/reports/hr/requests?what=came&leaf={wrong}")).status_code in (400, 422)
