"""Where files lie: an object store by URL (file:// by default, s3:// and others through the same library)."""

from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from desk import settings


@cache
def _store() -> ObjectStore:
    url = settings.current().files_url
    if urlsplit(url).scheme == "file":
        folder = Path(url2pathname(urlsplit(url).path))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return LocalStore(folder)
    return from_url(url)


async def put(key: str, content: bytes) -> None:
    """Durable when it returns. Keys of files are random and never reused; an object that no row names is harmless."""
    await obstore.put_async(_store(), key, content)


async def get(key: str) -> bytes:
    found = await obstore.get_async(_store(), key)
    return bytes(await found.bytes_async())


async def find(key: str) -> bytes | None:
    """None: there is no such object."""
    try:
        return await get(key)
    except (FileNotFoundError, NotFoundError):
        return None


async def drop(key: str) -> None:
    """Gone for good; what is gone already is no fault."""
    with suppress(FileNotFoundError, NotFoundError):
        await obstore.delete_async(_store(), key)
