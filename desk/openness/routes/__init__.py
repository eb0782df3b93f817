"""The door of what the company keeps shut, and for how long."""

from typing import Any

routes: list[Any] = []
