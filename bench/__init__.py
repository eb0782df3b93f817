"""Measures; never part of the tests."""
