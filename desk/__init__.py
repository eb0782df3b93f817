"""Desk: an internal service desk in which coworkers are each other's customers."""
