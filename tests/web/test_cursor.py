"""A place in a list says nothing and cannot be made up."""

from datetime import UTC, datetime
from typing import Literal

import pytest

from desk.i18n import Invalid
from desk.web.cursor import seal, unseal

AT = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
Notices = tuple[Literal["notices"], int]


def test_a_place_comes_back_as_it_was() -> None:
    assert unseal(seal("queue", AT, 4711), tuple[Literal["queue"], datetime, int]) == ("queue", AT, 4711)


def test_the_same_place_has_one_text_and_another_place_another_of_the_same_length() -> None:
    small, big = seal("notices", 1), seal("notices", 4_711_000)

    assert small == seal("notices", 1)
    assert len(small) == len(big)
    assert small[:22] != big[:22]


@pytest.mark.parametrize("text", ["", "1", "4711", "A" * 54, "é", "\0", "=", "x" * 5000, seal("notices", 1) + "AAAA"])
def test_a_text_of_somebody_elses_making_is_no_place(text: str) -> None:
    with pytest.raises(Invalid, match="after"):
        unseal(text, Notices)


@pytest.mark.parametrize("sign", range(0, 54, 6))
def test_a_text_that_was_changed_is_no_place(sign: int) -> None:
    text = seal("notices", 1)
    with pytest.raises(Invalid):
        unseal(text[:sign] + ("A" if text[sign] != "A" else "B") + text[sign + 1 :], Notices)


def test_a_place_in_one_list_is_none_in_another() -> None:
    with pytest.raises(Invalid):
        unseal(seal("queue", 1), Notices)
