"""The files under desk/static, read once, served from memory under an address that changes with their content."""

import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from desk.web.viewer import AnyRequest

ROOT = Path(__file__).parent.parent / "static"
_SERVED = {".css", ".js", ".svg"}
_IMPORT = re.compile(rb'@import url\("([\w.-]+)"\);\n?')


class File(Struct, frozen=True):
    plain: bytes
    packed: bytes  # brotli
    media_type: str


@cache
def files() -> dict[str, File]:
    """Path below desk/static -> file. A stylesheet carries what it imports, so that a page asks once."""
    found = {}
    for path in sorted(ROOT.rglob("*")):
        if path.suffix in _SERVED:
            plain = _with_imports(path)
            media_type = mimetypes.types_map[path.suffix]
            found[path.relative_to(ROOT).as_posix()] = File(plain, brotli.compress(plain, quality=5), media_type)
    return found


def _with_imports(path: Path) -> bytes:
    return _IMPORT.sub(lambda found: (path.parent / found[1].decode()).read_bytes(), path.read_bytes())


@cache
def version() -> str:
    digest = hashlib.sha256()
    for name, file in files().items():
        digest.update(name.encode() + b"\0" + file.plain)
    return digest.hexdigest()[:12]


def address(path: str) -> str:
    """The address of a static file. KeyError for a file that does not exist."""
    files()[path]
    return f"/static/{version()}/{path}"


@get("/static/{of:str}/{path:path}", name="static", include_in_schema=False)
async def serve(request: AnyRequest, of: FromPath[str], path: FromPath[str]) -> Response[bytes]:
    file = files().get(path.lstrip("/"))
    if file is None:
        raise NotFoundException
    # While servers are replaced a page of the other version may ask here: answer, but let nobody keep it.
    keep = "public, max-age=31536000, immutable" if of == version() else "no-store"
    headers = {"Cache-Control": keep, "Vary": "Accept-Encoding"}
    if "br" in re.split(r"[\s,;]+", request.headers.get("accept-encoding", "")):
        return Response(file.packed, media_type=file.media_type, headers=headers | {"Content-Encoding": "br"})
    return Response(file.plain, media_type=file.media_type, headers=headers)
