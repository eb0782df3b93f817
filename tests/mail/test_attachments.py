"""Attachments keep their names, and no name does harm."""

import io
import zipfile

import pytest

from desk.mail.rules import files
from desk.mail.rules.limits import Reason, Unread
from desk.mail.rules.read import read
from tests.mail.letters import file, multipart, part, tnef

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


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\TEMP\report.doc", "report.doc"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b.txt", "ab.txt"),
        ("...", ""),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(written: str, kept: str) -> None:
    assert files.clean_name(written) == kept


def test_a_file_without_a_name_gets_one() -> None:
    raw = multipart(part("x"), b"Content-Type: image/png\r\nContent-Disposition: attachment\r\n\r\nx")

    assert read(raw).attachments[0].filename == "attachment-1.png"


def test_a_picture_within_the_words_is_known_by_its_id() -> None:
    image = b"Content-Type: image/png\r\nContent-ID: <one@x>\r\nContent-Disposition: inline; filename=a.png\r\n\r\nx"
    found = read(multipart(part("<img src=cid:one@x>", "text/html"), image, kind="related")).attachments[0]

    assert (found.content_id, found.inline) == ("one@x", True)


def test_an_archive_that_unpacks_to_a_gigabyte_and_more_is_refused() -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("0", "w", force_zip64=True) as zeros,
    ):
        for _ in range(1100):
            zeros.write(bytes(1_000_000))

    with pytest.raises(Unread) as refused:
        read(multipart(part("x"), file("a.zip", packed.getvalue())))
    assert refused.value.reason is Reason.BOMB


def test_an_envelope_of_outlook_that_cannot_be_opened_is_attached() -> None:
    raw = multipart(part("x"), file("winmail.dat", b"\x78\x9f\x3e\x22garbage", "application/ms-tnef"))

    assert [one.filename for one in read(raw).attachments] == ["winmail.dat"]


def test_what_an_envelope_of_outlook_holds_stands_in_its_place() -> None:
    wrapped = tnef((0x00069002, bytes(14)), (0x00018010, b"plan.txt\x00"), (0x0006800F, b"Floor 2"))
    found = read(multipart(part("x"), file("winmail.dat", wrapped, "application/ms-tnef"))).attachments

    assert [(one.filename, one.content) for one in found] == [("plan.txt", b"Floor 2")]
