import click

from desk.embedded.supervisor import Supervisor
from desk.settings import current


@click.command
@click.option("--empty", is_flag=True, help="Leave a new data folder empty instead of telling the demo firm's story.")
def up(empty: bool) -> None:
    """Start everything: PostgreSQL, Valkey, web, worker and postroom. Ctrl-C stops it."""
    Supervisor(current(), empty=empty).run()
