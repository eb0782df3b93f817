"""Periods, rates and what each figure means."""
