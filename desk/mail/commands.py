"""`desk mail`: letters at the shell."""

import sys

import click


@click.group()
def mail() -> None:
    """Letters: what they say."""


@mail.command
@click.option("--server", is_flag=True, help='Read {"id", "path"} lines and answer each with a line.')
def parse(server: bool) -> None:
    """Read a letter from stdin and print what it says as one JSON object, or why it was not read."""
    from desk.mail.actions.box import Box  # a shell command that is not used should not cost its start-up time
    from desk.mail.actions.tell import Question, answer, question, told

    with Box() as box:
        if not server:
            sys.stdout.buffer.write(told(box.read(sys.stdin.buffer.read())) + b"\n")
            return
        for line in sys.stdin.buffer:
            asked = question(line)
            sys.stdout.buffer.write((answer(box, asked) if isinstance(asked, Question) else asked) + b"\n")
            sys.stdout.buffer.flush()
