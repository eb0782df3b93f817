"""What no page of ours sends, put into every place of every door."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from litestar import Litestar
from msgspec import Struct, inspect, structs

PATHS = (
    "%00", "a%00b", "%FF%FE", "%ED%A0%80", "%F0%9F%92%A3", "..%2f..%2fetc", "%25%00", "0", "-1", "1" * 12, "9" * 19, "9" * 40,
    "1" * 5000, "%D9%A1", "1e5", "x" * 3000, "'%20or%201=1--", "%7B%7B7*7%7D%7D",
)  # fmt: skip
QUERIES = (
    "", "%00", "a%00b", "%FF", "%ED%A0%80", "9" * 19, "-1", "9" * 5000, "NaN", "%D9%A1%D9%A2", "1.5", "x" * 3000, "%00.%00",
    "9" * 17 + "." + "9" * 17, "true%00",
)  # fmt: skip
TEXTS = (
    b"%00",
    b"a%00b",
    b"%FF",
    b"%ED%A0%80",
    b"\xff",
    b"9" * 40,
    b"-1",
    b"NaN",
    b"1e999",
    b"2026-13-45",
    b"x" * 30_000,
)
DEEP = b"[" * 900 + b"]" * 900
VALUES = (
    rb'"\u0000"', rb'"\ud800"', b'"\xff"', b'"\xed\xa0\x80"', b"9" * 30, b"-" + b"9" * 5000, b"1e999", b"-0.0", b"1" * 309 + b".5",
    b"NaN", b"Infinity", DEEP, b'{"a":' * 900 + b"1" + b"}" * 900, b"[null]", b'{"": {"\\u0000": 1}}', b"null", b"true",
)  # fmt: skip


def doors(app: Litestar) -> Iterator[tuple[str, str, list[str], list[str]]]:
    """(method, path, names in the path, names in the query)"""
    for route in app.routes:
        for method, (_, model) in getattr(route, "route_handler_map", {}).items():
            if method not in ("OPTIONS", "HEAD") and route.path_format != "/live":
                asked = sorted(one.field_alias for one in model.expected_query_params)
                yield method, route.path_format, list(route.path_parameters), asked


def addresses(path: str, names: list[str], asked: list[str], known: dict[str, Any]) -> Iterator[str]:
    """The address as it should be, then with one nasty value in one place."""
    plain = {name: quote(str(known.get(name, "x")), safe="") for name in names}
    yield path.format(**plain)
    for name in names:
        yield from (path.format(**plain | {name: value}) for value in PATHS)
    for name in (*asked, "lang"):
        yield from (f"{path.format(**plain)}?{name}={value}" for value in QUERIES)


def forms(into: type[Struct]) -> Iterator[bytes]:
    """Url-encoded bodies with a nasty value in one field, the others as they might be."""
    usual = {field.encode_name: _usual(field.type, b"1", b"x") for field in structs.fields(into)}
    for name in (*usual, "fields.amount", "\0"):
        for value in TEXTS:
            pairs = {key.encode(): sent for key, sent in usual.items()} | {quote(name).encode(): value}
            yield b"&".join(key + b"=" + sent for key, sent in pairs.items())


def objects(into: type[Struct]) -> Iterator[bytes]:
    usual = {field.encode_name: _usual(field.type, b"1", b'"x"') for field in structs.fields(into)}
    yield from VALUES
    for name in (*usual, "\\u0000"):
        for value in VALUES:
            yield b"{" + b",".join(f'"{k}":'.encode() + v for k, v in (usual | {name: value}).items()) + b"}"
    yield from (b'{"title":"x","fields":{"amount":' + value + b"}}" for value in VALUES)


def _usual(kind: Any, number: bytes, word: bytes) -> bytes:
    info = inspect.type_info(kind)
    while isinstance(info, inspect.Metadata | inspect.UnionType):
        info = info.type if isinstance(info, inspect.Metadata) else info.types[0]
    match info:
        case inspect.IntType():
            return number
        case inspect.LiteralType(values=values):
            return word.replace(b"x", str(values[0]).encode())
    return word
