"""Files from outside: by their bytes, and by names that do no harm."""

import pytest

from desk import media

PNG, PDF, ZIP, OLE = b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "head", "said", "kind"),
    [
        ("a.png", PNG, "application/octet-stream", "image/png"),
        ("a.txt", PDF, "text/plain", "application/pdf"),
        ("a.png", b"<script>", "image/png", media.ANYTHING),
        ("a.webp", b"RIFF\x00\x00\x00\x00WAVE", "image/webp", media.ANYTHING),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBP", "", "image/webp"),
        ("a.docx", ZIP, "application/zip", media.KINDS["docx"][0]),
        ("a.exe", ZIP, "application/x-msdownload", "application/zip"),
        ("a.doc", OLE, "", "application/msword"),
        ("a.msg", OLE, "", media.ANYTHING),
        ("a.ics", b"BEGIN:VCALENDAR", "text/calendar", "text/calendar"),
    ],
)
def test_a_kind_is_what_the_bytes_say(name: str, head: bytes, said: str, kind: str) -> None:
    assert media.kind_of(name, head, said) == kind


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\TEMP\report.doc", "report.doc"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\u200bb\u061cc\ufeffd\u2028e\x85f.txt", "abcdef.txt"),
        ("a\x00b\nc.txt", "abc.txt"),
        ("half\ud800.txt", "half.txt"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Com1.tar.gz", "_Com1.tar.gz"),
        ("console.txt", "console.txt"),
        ("...", ""),
        ("report.pdf. . ", "report.pdf"),
        (".htaccess", "htaccess"),
        ("e\u0301.txt", "\u00e9.txt"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("x." + "y" * 300, "x." + "y" * 198),
        ("aux." + "y" * 300, "_aux." + "y" * 195),
    ],
)
def test_a_name_is_cleaned(written: str, kept: str) -> None:
    assert media.clean_name(written) == kept
    assert media.clean_name(kept) == kept
