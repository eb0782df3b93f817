import os
import subprocess
import sys

import click
import pytest

from desk.cli import COMMANDS, main


@pytest.mark.parametrize("name", main.list_commands(click.Context(main)))
def test_every_command_says_in_a_line_what_it_does(name: str) -> None:
    command = main.get_command(click.Context(main), name)

    assert command is not None
    assert command.get_short_help_str()


def test_a_command_is_imported_only_when_it_is_called() -> None:
    program = (
        "import sys, desk.cli; print([name for name in sys.modules if name in ('uvicorn', 'piccolo', 'litestar')])"
    )

    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "[]\n"


def test_a_bad_setting_is_a_sentence_and_no_trace() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desk.cli", "web"],
        env={**os.environ, "DESK_PORT": "many"},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr == "Error: DESK_PORT is 'many'; it must be a port number between 1 and 65535.\n"


def test_no_command_is_named_twice_for_the_same_thing() -> None:
    assert len(set(COMMANDS.values())) == len(COMMANDS)
