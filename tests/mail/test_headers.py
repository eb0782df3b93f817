"""Who writes to whom about what, however the client wrote it down."""

import pytest

from desk.mail.rules.read import read
from tests.mail.letters import letter, raw_field

FOLDED = "=?utf-8?B?5omT5Y2w?= =?utf-8?B?5py65Z2P5LqG?="


def test_encoded_words_side_by_side_are_one() -> None:
    assert read(letter(Subject=FOLDED)).envelope.subject == "打印机坏了"


def test_a_character_may_be_split_between_two_words() -> None:
    split = "=?utf-8?Q?=E6=89?= =?utf-8?Q?=93?="

    assert read(letter(Subject=split)).envelope.subject == "打"


@pytest.mark.parametrize("label", ["gb2312", "GBK", "x-gbk", "gb18030", "us-ascii"])
def test_chinese_is_read_under_every_name_that_clients_give_it(label: str) -> None:
    subject = raw_field(b"Subject", f"=?{label}?B?".encode() + b"tPLTobv6u7XByw==?=").envelope.subject

    assert subject == "打印机坏了"


def test_raw_bytes_are_read_in_the_charset_of_the_letter() -> None:
    told = raw_field(b"Subject", "打印机坏了".encode("gbk"), b"text/plain; charset=gbk")

    assert told.envelope.subject == "打印机坏了"


def test_raw_bytes_inside_an_encoded_word_are_read() -> None:
    assert raw_field(b"Subject", b"=?iso-8859-1?Q?Fr\xf6sche?=").envelope.subject == "Frösche"


def test_utf_8_that_is_called_something_else_is_still_utf_8() -> None:
    assert raw_field(b"Subject", b"=?gbk?B?5omT5Y2w5py6?=").envelope.subject == "打印机"


@pytest.mark.parametrize(
    ("written", "name", "addr"),
    [
        ('"Lin, Na" <lin@corp.example>', "Lin, Na", "lin@corp.example"),
        ("lin@corp.example (Lin Na)", "Lin Na", "lin@corp.example"),
        ("<lin@corp.example>", "", "lin@corp.example"),
        ("lin@corp.example", "", "lin@corp.example"),
        ('"=?utf-8?B?5p6X?=" <lin@corp.example>', "林", "lin@corp.example"),
        ("Lin Na", "Lin Na", ""),
        ("Lin <lin@corp.example", "Lin", "lin@corp.example"),
    ],
)
def test_a_sender_has_a_name_and_an_address(written: str, name: str, addr: str) -> None:
    envelope = read(letter(From=written)).envelope

    assert (envelope.from_name, envelope.from_addr) == (name, addr)


def test_recipients_of_a_group_are_recipients() -> None:
    envelope = read(letter(To="staff: wu@corp.example, zhao@corp.example;", Cc="Qian <qian@corp.example>")).envelope

    assert envelope.to == ("wu@corp.example", "zhao@corp.example")
    assert envelope.cc == ("qian@corp.example",)


def test_the_chain_is_told_oldest_first_and_each_once() -> None:
    envelope = read(letter(References="<1@x>\r\n <2@x>", In_Reply_To="<2@x>", Message_ID="<3@x>")).envelope

    assert envelope.message_id == "3@x"
    assert envelope.refs == ("1@x", "2@x")


def test_a_broken_line_hides_no_other() -> None:
    raw = b"From lin Mon Mar 2\r\nFrom: lin@corp.example\r\nthis is no field\r\nSubject: Printer\r\n\r\nx"

    assert read(raw).envelope.subject == "Printer"


def test_the_clock_starts_when_the_nearest_server_took_it() -> None:
    received = "from a by b; Mon, 2 Mar 2026 10:05:33 +0800"
    envelope = read(letter(Received=received, Date="a day in spring")).envelope

    assert envelope.received
    assert envelope.received.isoformat() == "2026-03-02T02:05:33+00:00"
    assert envelope.sent is None
