"""What the person at the terminal reads, in Chinese and in English."""

from importlib import import_module
from pathlib import Path

import click

from desk import i18n
from desk.i18n import LANGUAGES
from desk.settings import Settings

LOGINS = ("lin", "wu", "qian")


def say(key: str, /, **values: object) -> None:
    say_sentence(f"embedded.{key}", **values)


def say_sentence(key: str, /, **values: object) -> None:
    click.echo(" · ".join(i18n.say(language, key, **values) for language in LANGUAGES))


def ready(settings: Settings, *, story: bool) -> None:
    click.echo()
    say("ready")
    click.secho(f"  {settings.base_url}\n", bold=True)
    if story:
        _logins()
    else:
        say("first_administrator")
        click.echo("  .venv/bin/desk people import PEOPLE.csv\n  .venv/bin/desk people invite LOGIN\n")
    say("where", data=settings.data, logs=settings.data / "log")
    if settings.mail_listen:
        host, port = settings.mail_listen
        say("letters", address=settings.mail_address, host=host, port=port)
    say("how_to_stop")


def _logins() -> None:
    say("log_in", password=import_module("desk.demo").PASSWORD)  # by name: the demo stands above this package
    for login in LOGINS:
        click.echo(f"  {login:6}", nl=False)
        say(f"login_{login}")
    click.echo()


def end_of(log: Path, *, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
