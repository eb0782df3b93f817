"""Desk: an internal service desk in which coworkers are each other's customers."""

__version__ = "0.1.0"
