"""A letter's bytes: what people typed becomes no header, and programs find every id again."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32
from email.utils import parseaddr
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk.outbox.rules.envelopes import BadAddress, Envelope, compose
from tests.outbox.post import parsed, text

NASTY = [
    "\r\nBcc: x@example.com",
    "a\nb",
    "\u2028Bcc: x",
    "x" * 190,
    "报销" * 90,
    "=?utf-8?b?Qmw=?=",
    "\u202eabc",
    "😀 \x00",
    '"<>,;:',
]
TITLES = st.sampled_from(NASTY) | st.text(max_size=200)


def envelope(**more: Any) -> Envelope:
    usual = {
        "message_id": "m.abc@desk.example", "sender": ("财务部", "desk@desk.example"), "to": ("林晓雯", "lin@example.cn"),
        "reply_to": "desk+r.abc@desk.example", "subject": "报销", "at": datetime(2026, 11, 20, 7, tzinfo=UTC), "instance": "here", "machine": False,
    }  # fmt: skip
    return Envelope(**(usual | more))


@given(TITLES, TITLES)
def test_nothing_that_was_typed_becomes_a_header(title: str, name: str) -> None:
    content = compose(envelope(subject=title, to=(name, "lin@example.cn")), "text", "<p>html</p>")
    head = content.partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"]

    assert names == [
        b"From", b"To", b"Reply-To", b"Subject", b"Date", b"Message-ID", b"X-Desk-Instance", b"MIME-Version", b"Content-Type",
    ]  # fmt: skip
    assert head.isascii()
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert [one.addr_spec for one in parsed(content)["To"].addresses] == ["lin@example.cn"]


@given(st.text(max_size=200))
@example("00000000 00000000000000¡¡¡¡¡¡¡ ¡")
@example("=?utf-8?b?Qmw=?=")
def test_a_title_comes_back_as_it_was_typed(title: str) -> None:
    seen = "".join(sign if sign.isprintable() else " " for sign in title).split()

    assert str(parsed(compose(envelope(subject=f"[#2081] {title}"), "", ""))["Subject"]).split() == ["[#2081]", *seen]


@given(st.text(max_size=120))
@example("=?utf-8?b?Qmw=?=")
@example('a "b" \\ c')
def test_a_name_comes_back_as_it_was_typed(name: str) -> None:
    seen = "".join(sign if sign.isprintable() else " " for sign in name).split()
    letter = message_from_bytes(compose(envelope(to=(name, "lin@example.cn")), "", ""), policy=compat32)
    words, address = parseaddr(letter["To"])

    assert str(make_header(decode_header(words))).split() == seen
    assert address == "lin@example.cn"


@given(st.text(max_size=2000))
@example("\r")
def test_words_come_back_line_by_line(words: str) -> None:
    """Empty lines and nothing else are nothing."""
    letter, seen = parsed(compose(envelope(), words, words)), words.splitlines()

    for kind in ("plain", "html"):
        lines = text(letter, kind).splitlines()
        assert lines == seen or (not any(seen) and not any(lines))
    assert max(map(len, letter.as_bytes().splitlines())) <= 998


def test_ids_longer_than_a_line_stay_whole() -> None:
    ids = [f"{n}.{'x' * 150}@mail.example" for n in range(30)]
    letter = message_from_bytes(compose(envelope(chain=ids), "", ""), policy=compat32)

    assert letter["In-Reply-To"] == f"<{ids[-1]}>"
    assert letter["References"].split() == [f"<{one}>" for one in ids[-20:]]


def test_what_a_foreign_letter_calls_itself_is_no_header_either() -> None:
    chain = ["a@b\r\nBcc: x@example.com", "no id", "<a@b>", "ok@mail.example"]

    assert parsed(compose(envelope(chain=chain), "", ""))["References"] == "<ok@mail.example>"


@pytest.mark.parametrize("address", ["", "lin", "lin@", "林@example.cn", "a@b, c@d", "lin@example.cn\r\nBcc: x@y.z"])
def test_what_is_no_address_gets_no_letter(address: str) -> None:
    with pytest.raises(BadAddress):
        compose(envelope(to=("", address)), "", "")


def test_the_same_facts_make_the_same_bytes() -> None:
    one, two = (compose(envelope(machine=True), "文字", "<p>文字</p>") for _ in range(2))
    letter = parsed(one)

    assert one == two
    assert isinstance(letter, EmailMessage)
    assert (letter["Auto-Submitted"], letter["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert (text(letter).strip(), text(letter, "html").strip()) == ("文字", "<p>文字</p>")
