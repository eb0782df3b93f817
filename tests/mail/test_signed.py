"""Addresses and ids that only this desk can have made."""

import string

from hypothesis import given
from hypothesis import strategies as st

from desk.mail.rules.signed import Mark, Signer

OURS = Signer("a secret of this desk", "desk@corp.example")
OTHERS = Signer("another secret", "desk@corp.example")
IDS = st.integers(min_value=1, max_value=10**18 - 1)
PEOPLE = st.integers(min_value=1, max_value=2**31 - 1)


@given(IDS, PEOPLE)
def test_what_was_signed_is_read_again_whatever_became_of_its_case(what: int, person: int) -> None:
    mark = Mark(what, person)

    assert OURS.read_reply_address(OURS.reply_address(what, person).upper()) == mark
    assert OURS.read_bounce_address(OURS.bounce_address(what, person)) == mark
    assert OURS.read_message_id(f"<{OURS.message_id(what, person)}>") == mark
    assert len(OURS.reply_address(what, person).partition("@")[0]) <= 64


@given(IDS, PEOPLE, st.data())
def test_a_character_changed_is_nobodys(what: int, person: int, data: st.DataObject) -> None:
    address = OURS.reply_address(what, person)
    place = data.draw(st.integers(min_value=5, max_value=address.index("@") - 1))
    other = data.draw(st.sampled_from(string.ascii_lowercase + string.digits + ".+"))
    forged = address[:place] + other + address[place + 1 :]

    assert forged == address or OURS.read_reply_address(forged) is None


@given(IDS, PEOPLE)
def test_an_id_tells_nobody_which_entry_it_is(what: int, person: int) -> None:
    one, next_one = OURS.message_id(what, person), OURS.message_id(what + 1, person)

    assert one == OURS.message_id(what, person) != next_one
    assert sum(a == b for a, b in zip(one[2:38], next_one[2:38], strict=True)) < 24
    assert OTHERS.instance != OURS.instance


def test_one_kind_is_not_taken_for_another_nor_another_desks_for_ours() -> None:
    assert OURS.read_bounce_address(OURS.reply_address(17, 4)) is None
    assert OURS.read_reply_address(OURS.bounce_address(17, 4)) is None
    assert OURS.read_reply_address(OTHERS.reply_address(17, 4)) is None
    assert OURS.read_message_id(OTHERS.message_id(17, 4)) is None
    assert OURS.read_reply_address("desk@corp.example") is None
    assert OURS.read_reply_address(OURS.reply_address(17, 4).replace("corp", "other")) is None
