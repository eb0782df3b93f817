"""Letters that were broken on their way: whatever happened to them, they are read or refused with a reason."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.mail.rules.letters import Letter
from desk.mail.rules.limits import Unread
from desk.mail.rules.read import read
from tests.mail.realistic import LETTERS

PLACE = st.integers(0, 4000)
SNIPPETS = st.sampled_from([
    b"\r\n\r\n", b"--B\r\n", b"--B--", b"=?", b"?=", b"<", b">", b'"', b"\x00", b"\xff", b"\\", b";", b"begin 644 a\n", b"\nend\n",
    b"Content-Type: multipart/mixed; boundary=B\r\n", b"Content-Transfer-Encoding: base64\r\n", b"\xf0\x9f\x98", b"*0*=", b"@",
    b"Content-Transfer-Encoding: x-uuencode\r\n", b"charset=utf-16", b"charset=utf-7", b"charset=idna", b"charset=hex", b"+A",
])  # fmt: skip


def flipped(raw: bytes, at: int, length: int, snippet: bytes) -> bytes:
    return raw[:at] + bytes([raw[at] ^ (1 + length % 255)]) + raw[at + 1 :]


def cut(raw: bytes, at: int, length: int, snippet: bytes) -> bytes:
    return raw[:at]


def without(raw: bytes, at: int, length: int, snippet: bytes) -> bytes:
    return raw[:at] + raw[at + length :]


def repeated(raw: bytes, at: int, length: int, snippet: bytes) -> bytes:
    return raw[:at] + raw[at : at + length] * 3 + raw[at + length :]


def with_more(raw: bytes, at: int, length: int, snippet: bytes) -> bytes:
    return raw[:at] + snippet + raw[at:]


DAMAGES = st.sampled_from([flipped, cut, without, repeated, with_more])


@pytest.mark.parametrize("raw", LETTERS)
def test_a_letter_that_nothing_happened_to_says_something(raw: bytes) -> None:
    told = read(raw)

    assert told.text.strip()
    assert told.envelope.from_addr == "lin@corp.example"


@settings(max_examples=400)
@given(st.sampled_from(LETTERS), st.lists(st.tuples(DAMAGES, PLACE, PLACE, SNIPPETS), min_size=1, max_size=6))
def test_a_damaged_letter_is_read_or_refused(
    raw: bytes, damages: list[tuple[Callable[[bytes, int, int, bytes], bytes], int, int, bytes]]
) -> None:
    for damage, at, length, snippet in damages:
        raw = damage(raw, at % len(raw), length, snippet) or b"x"
    with suppress(Unread):
        assert isinstance(read(raw), Letter)
