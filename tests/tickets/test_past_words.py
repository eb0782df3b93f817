"""Nobody gives a word for a time that has passed: refused with a sentence at every door, and nothing is written."""

import pytest

from tests.firm import Firm
from tests.site import Site

PAST = ["2026-11-20T14:59", "2026-11-20T15:00", "2025-12-01T09:00"]  # it is 15:00


async def written(firm: Firm, number: int) -> tuple[list[str], list[object], list[str]]:
    return await firm.words(firm.lin, number), await firm.promises(number, "expectation"), await firm.entries(number)


@pytest.mark.parametrize("by", PAST)
async def test_the_page_refuses_it_and_keeps_what_was_typed(site: Site, by: str) -> None:
    number = await site.firm.lin_asks_for("a laptop")
    before = await written(site.firm, number)
    wu = await site.browser("wu")
    await wu.get(f"/requests/{number}")
    word = {"word": "until", "expectation": by, "expectation_text": "whether it is paid"}
    refused = await wu.post(f"/requests/{number}/updates", kind="reply", body="soon", tier="1", _key=wu.key, **word)

    assert refused.status_code == 422
    assert "答应的时间已经过去了；请选一个以后的时间。" in refused.text
    assert 'value="whether it is paid"' in refused.text
    assert await written(site.firm, number) == before


@pytest.mark.parametrize("by", PAST)
async def test_the_api_refuses_it_by_field(site: Site, by: str) -> None:
    number = await site.firm.lin_asks_for("a laptop")
    before = await written(site.firm, number)
    wu = await site.program("wu", **{"accept-language": "en"})
    word = {"by": f"{by}:00+08:00", "text": "whether it is paid"}
    refused = await wu.post(f"/api/requests/{number}/updates", json={"body": "soon", "expectation": word})

    assert refused.status_code == 422
    assert [one["field"].split(".")[0] for one in refused.json()["errors"]] == ["expectation"]
    assert "That time has passed already" in refused.text
    assert await written(site.firm, number) == before
