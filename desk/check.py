"""All that must hold before a change lands. bin/test calls it after its set-up."""

import subprocess
import sys
from pathlib import Path

import click

from desk.i18n import LANGUAGES, say

ROOT = Path(__file__).parent.parent
_BIN = Path(sys.prefix) / "bin"
STEPS: dict[str, tuple[str, ...]] = {
    "format": ("ruff", "format", "--check", "--quiet", "."),
    "lint": ("ruff", "check", "--quiet", "."),
    "types": ("mypy", "--no-error-summary"),
    "imports": ("lint-imports", "--no-logo"),
    "tests": ("pytest", "-n", "2"),
}


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("scope", type=click.Choice(["all", "quick"]), default="all")
@click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED)
def check(scope: str, pytest_args: tuple[str, ...]) -> None:
    """Check format, lint, types, import rules and tests; `quick` leaves out the slow tests."""
    failed = [step for step in STEPS if not _passes(step, scope, pytest_args)]
    key = "embedded.check_failed" if failed else "embedded.check_passed"
    for language in LANGUAGES:
        click.echo(say(language, key, steps=", ".join(failed)))
    raise SystemExit(1 if failed else 0)


def _passes(step: str, scope: str, pytest_args: tuple[str, ...]) -> bool:
    program, *words = STEPS[step]
    if step == "tests":
        words += ["-m", "not slow"] if scope == "quick" else []
        words += pytest_args
    click.secho(f"== {step}", bold=True)
    return subprocess.run([_BIN / program, *words], cwd=ROOT).returncode == 0
