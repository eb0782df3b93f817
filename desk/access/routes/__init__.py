"""The door of who may read: labels moved, seals, recusals, grants, asked access, who has viewed."""

from typing import Any

from desk.access.routes import (
    answering,
    asking,
    breaking_glass,
    grants,
)

routes: list[Any] = [
    *answering.routes,
    *asking.routes,
    *breaking_glass.routes,
    *grants.routes,
]
