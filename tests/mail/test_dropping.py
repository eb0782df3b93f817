"""Letters dropped into a folder."""

from pathlib import Path

import asyncpg
import pytest

from desk.mail.jobs.dropping import look
from desk.mail.rules.limits import HEAD_BYTES, MOST_BYTES
from tests.mail.letters import letter

pytestmark = pytest.mark.usefixtures("desk")


async def contents(superuser: asyncpg.Connection) -> list[bytes]:
    return [row[0] for row in await superuser.fetch("select content from letters order by id")]


async def test_each_file_is_a_letter_and_goes_to_done(tmp_path: Path, superuser: asyncpg.Connection) -> None:
    for name in ("a.eml", "b.eml", ".half"):
        (tmp_path / name).write_bytes(letter(name))
    await look(tmp_path)
    (tmp_path / "a.eml").write_bytes(letter("again"))
    await look(tmp_path)

    assert await contents(superuser) == [letter("a.eml"), letter("b.eml"), letter("again")]
    assert sorted(file.name for file in tmp_path.iterdir()) == [".half", "done"]
    assert len(list((tmp_path / "done").iterdir())) == 3


async def test_a_file_that_could_not_be_put_away_is_one_letter(
    tmp_path: Path, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.eml").write_bytes(letter())

    def stays(self: Path, target: Path) -> Path:
        raise PermissionError

    with monkeypatch.context() as patch, pytest.raises(PermissionError):
        patch.setattr(Path, "rename", stays)
        await look(tmp_path)
    await look(tmp_path)

    assert await contents(superuser) == [letter()]


async def test_of_a_file_that_is_too_big_the_beginning_is_kept(tmp_path: Path, superuser: asyncpg.Connection) -> None:
    with (tmp_path / "big.eml").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    await look(tmp_path)

    row = await superuser.fetchrow("select state, fault, length(content) from letters")
    assert tuple(row) == ("kept", f"too_big: {MOST_BYTES + 1} bytes", HEAD_BYTES)
    assert len(list((tmp_path / "failed").iterdir())) == 1
