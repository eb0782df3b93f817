"""A small firm told through actions on dated days: `desk seed`, the demo and whoever wants to look around."""

from desk.demo.commands import PASSWORD, seed

__all__ = ["PASSWORD", "seed"]
