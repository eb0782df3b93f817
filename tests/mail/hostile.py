"""Letters that were made to hang or kill who reads them."""

import io
import zipfile
from struct import pack

from tests.mail.letters import file, multipart, part

HEAD = b"From: lin@corp.example\r\nSubject: x\r\n"


def addresses() -> bytes:
    return (
        b"From: lin@corp.example\r\nTo: " + b",\r\n ".join(b"u%d@x.example" % n for n in range(20_000)) + b"\r\n\r\nx"
    )


def few_bytes_many_addresses() -> bytes:
    return b"From: lin@corp.example\r\nTo: " + b", ".join(b"a@b" for _ in range(20_000)) + b"\r\n\r\nx"


def references() -> bytes:
    return HEAD + b"References: " + b" ".join(b"<%d@x>" % n for n in range(90_000)) + b"\r\n\r\nx"


def parts() -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + b"--B\r\n\r\nx\r\n" * 50_000 + b"--B--"


def nested() -> bytes:
    kind = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n'
    return HEAD + b"".join(kind % (n, n) for n in range(2_000)) + b"\r\nx"


def letters_within_letters() -> bytes:
    return HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 2_000 + b"x"


def deep() -> bytes:
    kind = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n'
    return HEAD + b"".join(kind % (n, n) for n in range(30)) + b"\r\nx"


def subject() -> bytes:
    return b"From: lin@corp.example\r\nSubject: " + b"=?utf-8?B?5omT5Y2w5py6?=\r\n " * 400_000 + b"\r\n\r\nx"


def big() -> bytes:
    return HEAD + b"\r\n" + b"x" * (26 * 1024 * 1024)


def bomb() -> bytes:
    """1.1 GB, as its directory says."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", bytes(1000))
    told = bytearray(packed.getvalue())
    entry = told.rindex(b"PK\x01\x02")
    told[entry + 24 : entry + 28] = pack("<I", 1_100_000_000)
    return multipart(part("x"), file("a.zip", bytes(told)))


def bomb_within() -> bytes:
    """An archive of archives: nobody opens the inner ones."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(4):
            archive.writestr(f"{n}.zip", bytes(10_000_000))
    return multipart(part("x"), file("a.zip", packed.getvalue()))


def _field(name: bytes, value: bytes) -> bytes:
    return b"From: lin@corp.example\r\n" + name + b": " + value * (250_000 // len(value)) + b"\r\n\r\nwords"


def long_name() -> bytes:
    return _field(b"To", b"a")


def many_charsets() -> bytes:
    return _field(b"Subject", b"=?utf-8?b?5omT?= =?gbk?q?=B4=F2?= ")


def _html(tags: bytes) -> bytes:
    return HEAD + b"Content-Type: text/html\r\n\r\n" + tags * (1_000_000 // len(tags))


def unended_comments() -> bytes:
    return _html(b"<!--")


def unended_attributes() -> bytes:
    return _html(b"<a b='")


def unended_sections() -> bytes:
    return _html(b"<![CDATA[x>")


def deep_html() -> bytes:
    return _html(b"<div></x>")


def entities() -> bytes:
    return _html(b"&")


def dashes() -> bytes:
    return HEAD + b"\r\n" + b"--\r\n" * 200_000
