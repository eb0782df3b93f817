"""`desk disclosure explain`: each portion with its ground, in labels and ids, never in words."""

import asyncpg
import pytest

from desk import clock, db
from desk.disclosure.actions import recusals
from desk.disclosure.commands import explained
from desk.disclosure.queries import recusals as known
from desk.i18n import NotFound, Refused
from tests.firm import Firm

WHY = {"reason": "legal", "sentence": "zebra"}


async def _asked(firm: Firm) -> int:
    number = await firm.lin_asks_for("zebra")
    await firm.wu_notes(number, "zebra", tier=2, reason="negotiation")
    await firm.wu_notes(number, "zebra", tier=3, **WHY)
    return number


@pytest.mark.parametrize(
    ("login", "told"),
    [
        ("wu", [("READ", "every employee"), ("READ", "wrote it"), ("READ", "wrote it")]),
        ("zhou", [("READ", "every employee"), ("READ", "is a member"), ("READ", "handles or leads")]),
        ("lin", [("READ", "every employee"), ("READ", "is the requester"), ("MARK", "no key")]),
        ("zhao", [("READ", "every employee"), ("MARK", "no key"), ("MARK", "no key")]),
        ("guest", [("NONE", "employee"), ("NONE", "request above"), ("NONE", "request above")]),
    ],
)
async def test_every_portion_has_its_ground(firm: Firm, login: str, told: list[tuple[str, str]]) -> None:
    lines = await explained(login, await _asked(firm), "en")

    assert [line[:4] for line in lines] == [sight for sight, _ in told]
    assert [ground in line for line, (_, ground) in zip(lines, told, strict=True)] == [True, True, True]
    assert "zebra" not in "".join(lines)


async def test_recusal_and_seal_are_grounds(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await _asked(firm)
    async with db.acting_as(firm.zhou):
        of = await known.standing(number)
        await recusals.recuse(of, firm.zhou.person or 0, "her sister", at=clock.now())
    await superuser.execute("update updates set sealed = true where tier = 3")

    recused, lin = await explained("zhou", number, "en"), await explained("lin", number, "zh-CN")

    assert [line[:4] for line in recused] == ["READ", "MARK", "NONE"]
    assert "is recused" in recused[1]
    assert "封存" in lin[2]


async def test_an_unknown_number_and_an_unknown_login_are_refused(firm: Firm) -> None:
    with pytest.raises(NotFound):
        await explained("wu", 987654, "en")
    with pytest.raises(Refused, match="person"):
        await explained("nobody", await _asked(firm), "en")
