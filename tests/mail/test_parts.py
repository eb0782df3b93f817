"""Which parts are the letter's words, which are attached, and what stays whole when a letter is broken."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from desk.mail.rules.letters import Letter
from desk.mail.rules.limits import Unread
from desk.mail.rules.read import read
from tests.mail.letters import file, letter, multipart, part


def names(raw: bytes) -> list[str]:
    return [one.filename for one in read(raw).attachments]


def test_an_alternative_is_read_once() -> None:
    told = read(multipart(part("Plain."), part("<p>Rich.</p>", "text/html"), kind="alternative"))

    assert told.text == "Plain."
    assert told.html == "<p>Rich.</p>"
    assert told.attachments == ()


def test_a_letter_in_html_alone_is_read_as_text() -> None:
    told = read(letter("<style>p{}</style><p>It is <b>broken</b>.</p><ul><li>Floor&nbsp;2</li></ul>", "text/html"))

    assert told.text.split() == ["It", "is", "broken.", "-", "Floor", "2"]


def test_words_after_a_picture_are_words() -> None:
    told = read(multipart(part("Look:"), file("a.png", kind="image/png"), part("Thank you.")))

    assert told.text.split() == ["Look:", "Thank", "you."]


def test_a_letter_inside_is_attached_whole() -> None:
    inside = letter("Old words.").decode()
    told = read(multipart(part("See below."), part(inside, "message/rfc822")))

    assert told.text == "See below."
    assert told.attachments[0].content == inside.encode()


def test_words_that_the_end_cut_off_are_attached_too() -> None:
    whole = multipart(part("All of it."), part("And then"))

    assert names(whole.removesuffix(b"\r\n--B--\r\n")) == ["attachment-1.txt"]


def test_a_letter_that_was_cut_off_at_its_first_words_is_read() -> None:
    assert read(multipart(part("It is brok")).removesuffix(b"\r\n--B--\r\n")).text == "It is brok"


def test_words_that_cannot_be_read_are_attached_as_they_came() -> None:
    garbled = letter("", "text/plain; charset=utf-8") + b"\xff\xfe\xfd"

    assert read(garbled).attachments[0].content == b"\xff\xfe\xfd"


def test_broken_base64_gives_what_can_be_read() -> None:
    raw = letter("5omT5Y2w5py6!!!=", Content_Transfer_Encoding="base64")

    assert read(raw).text.startswith("打印机")


def test_flowed_lines_are_joined_and_a_signature_is_not() -> None:
    told = read(letter("One \ntwo.\n-- \nLin", "text/plain; format=flowed"))

    assert told.text == "One two.\n-- \nLin"


def test_an_invitation_is_kept_beside_the_words() -> None:
    told = read(multipart(part("Join us."), part("BEGIN:VCALENDAR\r\nEND:VCALENDAR", "text/calendar; method=REQUEST")))

    assert told.calendar.startswith("BEGIN:VCALENDAR")
    assert names(multipart(part("x"), part("y", "text/calendar"))) == ["attachment-1.ics"]


def test_a_sealed_letter_is_taken_all_the_same() -> None:
    sealed = multipart(part("Version: 1", "application/pgp-encrypted"), file("encrypted.asc"), kind="encrypted")

    assert read(sealed).is_sealed
    assert "encrypted.asc" in names(sealed)


@given(
    st.binary(max_size=400),
    st.lists(st.sampled_from([b"--B\r\n", b"--B--\r\n", b"\r\n", b"Content-Type: text/html\r\n"])),
)
def test_nothing_but_a_refusal_comes_of_any_bytes(noise: bytes, pieces: list[bytes]) -> None:
    with suppress(Unread):
        assert isinstance(read(multipart(noise, *pieces)), Letter)
