"""Attachments keep their names, and no name does harm."""

import pytest

from desk.mail.rules.limits import Reason, Unread
from desk.mail.rules.read import read
from tests.mail import hostile
from tests.mail.letters import file, letter, multipart, part, tnef

NAME = "故障截图（一）.png"


@pytest.mark.parametrize(
    "written",
    [
        "attachment; filename*=UTF-8''%E6%95%85%E9%9A%9C%E6%88%AA%E5%9B%BE%EF%BC%88%E4%B8%80%EF%BC%89.png",
        "attachment; filename*0*=UTF-8''%E6%95%85%E9%9A%9C; filename*1*=%E6%88%AA%E5%9B%BE%EF%BC%88%E4%B8%80%EF%BC%89; filename*2=.png",
        'attachment; filename="=?gb18030?B?ucrVz73YzbyjqNK7o6kucG5n?="',
        f'attachment; filename="{NAME}"',
    ],
)
def test_a_name_is_read_however_it_is_written(written: str) -> None:
    raw = multipart(f"Content-Type: image/png\r\nContent-Disposition: {written}\r\n\r\nx".encode())

    assert [one.filename for one in read(raw).attachments] == [NAME]


def test_a_name_in_raw_gbk_is_read() -> None:
    raw = b'Content-Type: image/png\r\nContent-Disposition: attachment; filename="' + NAME.encode("gbk") + b'"\r\n\r\nx'

    assert read(multipart(raw)).attachments[0].filename == NAME


PNG = b"\x89PNG\r\n\x1a\n"
UU = "begin 644 plan.txt\n'1FQO;W(@,@``\n`\nend\n"


def test_a_hostile_name_is_cleaned() -> None:
    assert read(multipart(file("../../con\u202e.txt"))).attachments[0].filename == "_con.txt"


def test_a_kind_is_asked_of_the_bytes_and_not_of_the_letter() -> None:
    found = read(multipart(part("x"), file("a.gif", b"<script>", "image/gif"), file("b.bin", PNG))).attachments

    assert [one.kind for one in found] == ["application/octet-stream", "image/png"]


def test_a_file_without_a_name_gets_one() -> None:
    raw = multipart(part("x"), b"Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\n" + PNG)

    assert read(raw).attachments[0].filename == "attachment-1.png"


def test_a_picture_within_the_words_is_known_by_its_id() -> None:
    image = b"Content-Type: image/png\r\nContent-ID: <one@x>\r\nContent-Disposition: inline; filename=a.png\r\n\r\nx"
    found = read(multipart(part("<img src=cid:one@x>", "text/html"), image, kind="related")).attachments[0]

    assert (found.content_ids, found.inline) == (("one@x",), True)


def test_an_archive_that_unpacks_to_a_gigabyte_and_more_is_refused() -> None:
    with pytest.raises(Unread) as refused:
        read(hostile.bomb())
    assert refused.value.reason is Reason.BOMB


def test_an_envelope_of_outlook_that_cannot_be_opened_is_attached() -> None:
    raw = multipart(part("x"), file("winmail.dat", b"\x78\x9f\x3e\x22garbage", "application/ms-tnef"))

    assert [one.filename for one in read(raw).attachments] == ["winmail.dat"]


def test_what_an_envelope_of_outlook_holds_stands_in_its_place() -> None:
    wrapped = tnef((0x00069002, bytes(14)), (0x00018010, b"plan.txt\x00"), (0x0006800F, b"Floor 2"))
    found = read(multipart(part("x"), file("winmail.dat", wrapped, "application/ms-tnef"))).attachments

    assert [(one.filename, one.content) for one in found] == [("plan.txt", b"Floor 2")]


def inline(name: str) -> bytes:
    head = (
        f"Content-Type: image/png\r\nContent-ID: <{name}@x>\r\nContent-Disposition: inline; filename={name}.png\r\n\r\n"
    )
    return head.encode() + PNG


def test_a_picture_that_a_letter_carries_twice_is_kept_once_and_found_by_both_its_names() -> None:
    found = read(multipart(part("x"), inline("one"), inline("two"))).attachments

    assert [(one.filename, one.content_ids) for one in found] == [("one.png", ("one@x", "two@x"))]


def test_a_file_that_is_attached_twice_is_kept_once_and_under_another_name_again() -> None:
    found = read(multipart(part("x"), file("a.txt"), file("a.txt"), file("b.txt"), file("a.txt", b"y"))).attachments

    assert [(one.filename, one.content) for one in found] == [("a.txt", b"x"), ("b.txt", b"x"), ("a.txt", b"y")]


def test_a_file_within_the_words_is_a_file_and_no_new_words() -> None:
    told = read(letter(f"The plan:\n\n{UU}\nThank you."))

    assert [(one.filename, one.content) for one in told.files] == [("plan.txt", b"Floor 2")]
    assert told.new_text.split() == ["The", "plan:", "Thank", "you."]
    assert "begin 644" in told.text


@pytest.mark.parametrize(
    "words", ["begin 644 a\nis how they begin.\nend", "begin 644 a.txt\n'1FQO;W(@,@``\n", "begin 644"]
)
def test_words_about_such_files_are_words(words: str) -> None:
    told = read(letter(words))

    assert told.files == ()
    assert told.new_text == words.strip()


def test_a_part_in_the_old_encoding_is_decoded() -> None:
    head = b"Content-Type: text/plain\r\nContent-Disposition: attachment; filename=plan.txt\r\n"
    raw = multipart(part("x"), head + b"Content-Transfer-Encoding: x-uuencode\r\n\r\n" + UU.encode())

    assert read(raw).attachments[0].content == b"Floor 2"
