"""What is hidden is in no letter to who may not read it, and changes none: N1 to N3 in every mailbox."""

from typing import Any

import pytest
from litestar import Litestar

from desk.outbox.actions import wording
from desk.outbox.queries import facts
from tests.leaks.cast import READERS, Reader
from tests.leaks.hiding import OTHER, WHOLE
from tests.leaks.laws import AGAINST, Harness
from tests.leaks.letters import box
from tests.leaks.worlds import Worlds

pytestmark = pytest.mark.slow
BOXES = [name for name, one in READERS.items() if one.cap == 4]


@pytest.fixture
async def harness(app: Litestar, worlds: Worlds) -> Harness:
    return Harness(app, worlds)


@pytest.mark.parametrize("name", BOXES)
async def test_what_is_hidden_is_in_no_letter_and_changes_none_to(harness: Harness, name: str) -> None:
    reader = READERS[name]
    whole = await box(harness.worlds[WHOLE.name], reader)
    found = []
    for law, other in AGAINST.items():
        if law in reader.laws:
            found += harness.differences(law, reader, whole, await box(harness.worlds[other], reader))

    assert "\n".join(map(str, found)) == ""


@pytest.mark.parametrize("name", BOXES)
async def test_no_letter_names_a_request_that_is_hidden_from(harness: Harness, name: str) -> None:
    hidden = [*harness.told.sealed, *harness.told.marked]
    letters = await box(harness.worlds[WHOLE.name], READERS[name])

    assert [(about, number) for about, one in letters.items() for number in hidden if f"{number}" in one.body] == []


async def test_who_may_read_it_is_written_to(harness: Harness) -> None:
    """Else the others prove nothing. 吴 reads the hidden notes; their words are in no letter even so: tier 3."""
    letters = await box(harness.worlds[WHOLE.name], Reader("who serves", "wu"))
    told = [one for about, one in letters.items() if one.body]

    assert len(told) > 10
    assert harness.said("wu", WHOLE, letters) == []
    assert len(await box(harness.worlds[WHOLE.name], READERS["lin"])) > 10


def _says(at: pytest.MonkeyPatch, *changes: tuple[str, str]) -> None:
    text = facts._GATHERED
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    at.setattr(facts, "_GATHERED", text)


def _quotes_what_was_said_last(at: pytest.MonkeyPatch) -> None:
    _says(
        at,
        ("u.kind, u.tier, u.removed_at from updates u", "u.kind, 1 as tier, u.removed_at from leaking.updates() u"),
        (
            "where u.id = (select case when a.subject like 'update:%' then split_part(a.subject, ':', 2)::bigint end",
            "where u.id = (select (select max(x.id) from leaking.updates() x where x.ticket = a.ticket)",
        ),
    )


def _is_written_to_whoever_watches(at: pytest.MonkeyPatch) -> None:
    """Told or not, and with the rights of who wrote."""
    told = "select n.ticket, n.subject, n.audience, n.reach from notices n where n.entry = $1 and n.person = $2"
    all_of_it = "select e.ticket, e.subject, array[format('person:%s', $2::integer)] as audience, 2 as reach from leaking.entries() e where e.id = $1"
    _says(
        at,
        (told, all_of_it),
        ("from updates u", "from leaking.updates() u"),
        ("from tickets t join", "from leaking.tickets() t join"),
    )
    at.setattr(wording, "LEAST", 4)


@pytest.mark.parametrize("leak", [_quotes_what_was_said_last, _is_written_to_whoever_watches])
async def test_a_letter_that_says_too_much_is_found(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, leak: Any
) -> None:
    leak(monkeypatch)
    foundry = harness.worlds.foundry
    one, two = [await foundry.make(of, f"{foundry.prefix}_{of.name}_told", kinds=("note",)) for of in (WHOLE, OTHER)]
    readers = [READERS["lin"], READERS["zhao"]]

    assert [r.name for r in readers if harness.differences("N1", r, await box(one, r), await box(two, r))]
