"""What follows from filing: a route, two promises, a holder."""

import pytest

from desk.i18n import Invalid
from tests.firm import Firm


async def test_a_request_promises_an_answer_on_the_same_day(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    assert await firm.standing(number, "first_reply") == ("open", "2026-11-20 18:00")
    assert await firm.standing(number, "resolution") == ("open", "2026-11-24 18:00")
