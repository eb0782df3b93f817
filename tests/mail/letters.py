"""Letters of the small firm, written for these tests."""

from base64 import encodebytes
from struct import pack

from desk.mail.rules.letters import Letter
from desk.mail.rules.read import read

HEAD = {"From": "Lin <lin@corp.example>", "To": "desk@corp.example", "Subject": "Printer"}


def letter(words: str = "It is broken.", kind: str = "text/plain; charset=utf-8", **fields: str) -> bytes:
    """A field is named with underscores: `Message_ID`. One that is empty is left out."""
    named = HEAD | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in named.items() if value]
    return "\r\n".join([*lines, f"Content-Type: {kind}", "", words.replace("\n", "\r\n")]).encode()


def multipart(*parts: bytes, kind: str = "mixed", **fields: str) -> bytes:
    body = b"".join(b"--B\r\n" + part + b"\r\n" for part in parts)
    return letter("", f"multipart/{kind}; boundary=B", **fields) + body + b"--B--\r\n"


def part(words: str, kind: str = "text/plain; charset=utf-8") -> bytes:
    return f"Content-Type: {kind}\r\n\r\n{words}".encode()


def file(name: str, content: bytes = b"x", kind: str = "application/octet-stream") -> bytes:
    head = f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n'
    return head.encode() + b"Content-Transfer-Encoding: base64\r\n\r\n" + encodebytes(content)


def new(words: str, kind: str = "text/plain; charset=utf-8") -> str:
    return read(letter(words, kind)).new_text


def raw_field(name: bytes, value: bytes, kind: bytes = b"text/plain") -> Letter:
    return read(b"From: lin@corp.example\r\n" + name + b": " + value + b"\r\nContent-Type: " + kind + b"\r\n\r\nx")


def tnef(*attributes: tuple[int, bytes]) -> bytes:
    """A winmail.dat with these attributes of an attachment (MS-OXTNEF 2.1.3)."""
    told = [pack("<BII", 2, of, len(value)) + value + pack("<H", sum(value) & 0xFFFF) for of, value in attributes]
    return pack("<IH", 0x223E9F78, 1) + b"".join(told)
