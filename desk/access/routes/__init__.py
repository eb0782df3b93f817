"""The door of who may read: labels moved, seals, recusals, grants, asked access, who has viewed."""

from typing import Any

routes: list[Any] = []
