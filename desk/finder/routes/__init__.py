"""The door of the one search box."""

from typing import Any

routes: list[Any] = []
