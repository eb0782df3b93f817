"""Files that people attach in the story, made on the spot: plain text, tables, and PDFs of a few Latin lines."""

_OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 300] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
)


def content(name: str, text: str) -> bytes:
    if name.endswith(".pdf"):
        return pdf(text.splitlines())
    mark = "\ufeff" if name.endswith(".csv") else ""  # spreadsheets take a table without it for another encoding
    return (mark + text).encode()


def pdf(lines: list[str]) -> bytes:
    """One page (ISO 32000-1, 7.5); only Latin letters, as the built-in fonts have no others."""
    told = "".join(f"0 -24 Td ({line}) Tj " for line in lines)
    drawn = f"BT /F1 14 Tf 40 270 Td {told}ET".encode("latin-1")
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn)
    made, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate((*_OBJECTS, stream), 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return made + end % (table, len(made))
