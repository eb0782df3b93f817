"""`desk mail send-test`: does a letter of this desk arrive?"""

import click


@click.command("send-test")
@click.argument("address")
def send_test(address: str) -> None:
    """Hand one letter to the mail server, and say what it answered."""
    from desk.i18n import LANGUAGES, say  # a shell command that is not used should not cost its start-up time
    from desk.outbox.actions.trying import send

    answer = send(address)
    for language in LANGUAGES:
        click.echo(say(language, "outbox.test_sent", address=address, answer=answer))
