"""The benchmark of letters runs, on letters that say what coworkers say."""

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bench import mail
from bench.mail import corpus
from bench.mail.figures import Figure
from desk.mail.rules.letters import Letter
from desk.mail.rules.read import read

ROOT = Path(__file__).parents[2]


def told() -> list[Letter]:
    return [read(raw) for raw in corpus.letters(200, seed=3)]


def test_the_same_seed_gives_the_same_letters_and_another_others() -> None:
    assert corpus.letters(5, seed=3) == corpus.letters(5, seed=3)
    assert not set(corpus.letters(5, seed=3)) & set(corpus.letters(5, seed=4))


def test_every_letter_says_something_new_and_names_its_sender() -> None:
    for letter in told():
        assert letter.new_text.strip()
        assert letter.envelope.from_name
        assert "\ufffd" not in letter.text + letter.envelope.subject


def test_there_are_letters_of_every_kind() -> None:
    found = told()

    assert any(one.attachments for one in found)
    assert any(one.pictures_off for one in found)
    assert any(one.standing.is_auto for one in found)
    assert any(len(one.new_text) < len(one.text) / 2 for one in found)


def test_letters_a_second_are_told_beside_their_bar(capsys: pytest.CaptureFixture[str]) -> None:
    mail.main(["--letters", "20", "--worker", "0", "--json"])
    figures = json.loads(capsys.readouterr().out)

    assert all(figure["value"] > 0 for figure in figures.values())
    assert {figure["bar"] for figure in figures.values()} == {300, None}


@pytest.mark.slow
def test_a_worker_opens_requests_and_is_told_beside_its_bars() -> None:
    """In a process of its own: it opens and closes the connections of whichever process it runs in."""
    with TemporaryDirectory(prefix="desk-bench-") as data:  # where the system user of PostgreSQL can walk
        wanted = ["--letters", "20", "--worker", "60", "--requests", "60", "--data", data, "--json"]
        run = subprocess.run([sys.executable, "-m", "bench", "mail", *wanted], capture_output=True, text=True, cwd=ROOT)
    figures = json.loads(run.stdout[run.stdout.index("{") :])

    assert all(figure["value"] > 0 for figure in figures.values())
    assert [figure["bar"] for figure in figures.values()][-3:] == [60, 30, 100]
    many, all_of_them = map(int, re.findall(r"\d+", figures["with request, promise, acknowledgement"]["note"]))
    assert many == all_of_them > 40


def test_a_bar_is_a_floor_for_letters_and_a_ceiling_for_waiting() -> None:
    assert [Figure("x", value, 60, "letters/s").verdict for value in (59, 60, 61)] == ["MISS", "PASS", "PASS"]
    assert [Figure("x", value, 60, "ms", many=False).verdict for value in (59, 60, 61)] == ["PASS", "PASS", "MISS"]
