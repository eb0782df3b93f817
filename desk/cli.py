"""The shell's door. A command is imported when it is called: `desk web` must not wait for what `desk seed` needs."""

import importlib
import importlib.util

import click

from desk.i18n import LANGUAGES, Refused
from desk.settings import BadSetting, current

COMMANDS = {
    "up": "desk.embedded.commands:up",
    "web": "desk.cli:web",
    "worker": "desk.cli:worker",
    "postroom": "desk.cli:postroom",
    "migrate": "desk.migrations.commands:migrate",
    "doctor": "desk.doctor:doctor",
    "seed": "desk.demo:seed",
    "people": "desk.accounts.commands:people",
    "token": "desk.accounts.commands:token",
    "sla": "desk.sla.commands:sla",
    "journal": "desk.doctor.journal:journal",
    "disclosure": "desk.disclosure.commands:disclosure",
    "mail": "desk.mail.commands:mail",
    "search": "desk.finder.commands:search",
    "check": "desk.check:check",
}
MORE = {  # of packages above the one whose group they join
    "mail": ("desk.intake.commands:replay", "desk.outbox.commands:send_test"),
}
HTTP = "desk.web.protocol:Protocol"  # what uvicorn speaks with


class Desk(click.Group):
    def list_commands(self, context: click.Context) -> list[str]:
        return [name for name, target in COMMANDS.items() if _exists(target.partition(":")[0])]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(context):
            return None
        command = _imported(COMMANDS[name])
        for target in MORE.get(name, ()):
            assert isinstance(command, click.Group)
            command.add_command(_imported(target))
        return command

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except Refused as refusal:
            raise click.ClickException("\n".join(refusal.sentence.say(language) for language in LANGUAGES)) from None
        except BadSetting as bad:
            raise click.ClickException(str(bad)) from None


def _imported(target: str) -> click.Command:
    module, _, attribute = target.partition(":")
    command: click.Command = getattr(importlib.import_module(module), attribute)
    return command


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@click.group(cls=Desk)
def main() -> None:
    """Desk: an internal service desk."""


@click.command
def web() -> None:
    """Serve pages and the API on DESK_HOST and DESK_PORT."""
    import uvicorn

    settings = current()
    uvicorn.run(
        "desk.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=HTTP,
        ws="none",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        timeout_graceful_shutdown=1,
    )


@click.command
def worker() -> None:
    """Do what the journal asks for: notices, sweeps, deliveries."""
    from desk.worker import run

    run()


@click.command
def postroom() -> None:
    """Take letters in: by SMTP, from mailboxes, from a folder."""
    from desk.postroom import run

    run()


if __name__ == "__main__":
    main()
