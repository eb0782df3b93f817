"""Letters that are passed on, and whose they were."""

import pytest

from desk.mail.rules.read import read
from tests.mail.letters import letter

INNER = "From: Guest <guest@other.example>\nDate: Monday\nSubject: Question\nTo: Lin"


@pytest.mark.parametrize(
    "words",
    [
        f"Please help him.\n\n---------- Forwarded message ---------\n{INNER}\n\nHello.",
        f"Please help him.\n\n{INNER}\n\nHello.",
        "Please help him.\n\n> Begin forwarded message:\n>\n> " + INNER.replace("\n", "\n> ") + "\n>\n> Hello.",
        "请帮忙。\n\n-------- 转发邮件信息 --------\n发件人：Guest <guest@other.example>\n收件人：Lin\n主题：Question\n\nHello.",
    ],
)
def test_the_inner_sender_is_told(words: str) -> None:
    told = read(letter(words, Subject="Fwd: Question"))

    assert told.standing.is_forward
    assert told.standing.forwarded_from == "guest@other.example"


def test_only_the_words_above_are_new() -> None:
    assert read(letter(f"Please help him.\n\n{INNER}\n\nHello.")).new_text == "Please help him."


def test_a_letter_that_is_only_passed_on_is_read_without_its_header() -> None:
    assert read(letter(f"---------- Forwarded message ---------\n{INNER}\n\nHello.")).new_text == "Hello."


def test_a_reply_that_quotes_a_header_is_no_forward() -> None:
    assert not read(letter(f"Yes.\n\n{INNER}\n\nHello.", In_Reply_To="<1@desk.example>")).standing.is_forward
