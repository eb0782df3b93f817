"""Which files a request takes: by extension and by what the first bytes say (specs/security.md)."""

from desk import media
from desk.i18n import Invalid, Sentence

BYTES = 25 * 1024 * 1024
FILES = 10


def media_type(name: str, head: bytes) -> str:
    """The media type of a file by its name and first bytes. Raises Invalid where the two do not fit."""
    extension = name.rpartition(".")[2].lower()
    if extension not in media.KINDS:
        raise Invalid({"files": Sentence("tickets.file_kind", name=name[:80])})
    kind = media.KINDS[extension][0]
    if not media.is_of(kind, head):
        raise Invalid({"files": Sentence("tickets.file_content", name=name[:80])})
    return kind


def clean_name(name: str) -> str:
    return media.clean_name(name) or "file"


def check_size(size: int, name: str) -> None:
    if size == 0:
        raise Invalid({"files": Sentence("tickets.file_empty", name=name[:80])})
    if size > BYTES:
        raise Invalid({"files": Sentence("tickets.file_big", name=name[:80])})


def check_count(count: int) -> None:
    if count > FILES:
        raise Invalid({"files": Sentence("tickets.too_many_files", most=FILES)})
