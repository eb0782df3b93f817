from tests.intake.post import post
from tests.outbox.conftest import server

__all__ = ["post", "server"]
