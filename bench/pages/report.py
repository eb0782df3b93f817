"""The figures beside their bars."""

from typing import Any

MOST_GROWTH = 1.3  # times its cost at the small size
MEMORY = 250  # MiB of web and worker together


def print_table(found: dict[str, Any]) -> None:
    size = found["requests"]
    print(f"CPU ms per operation (web + database), small = 1,000 requests, large = {size:,} requests")
    print(f"{'':9}{'bar':>6}{'large':>8}{'small':>8}{'ratio':>7}  {'':6}{'p50/p95 ms, 1':>16}{'8 connections':>16}"
          f"   of it web / asked by the worker")  # fmt: skip
    for name, one in found["operations"].items():
        large, small = one["large"], one["small"]
        print(
            f"{name:9}{one['bar'] or '-':>6}{large['cpu']:8.2f}{small['cpu']:8.2f}{one['ratio']:7.2f}  "
            f"{verdict(one):6}{_pair(large, ''):>16}{_pair(large, '_of_8'):>16}"
            f"   {large['web']:.2f} / {large['worker']:.2f}"
        )
    memory = found["pss_mib"]
    total = sum(memory.values())
    parts = " + ".join(f"{name} {mib}" for name, mib in memory.items())
    print(f"memory (PSS) {parts} = {total:.0f} MiB, bar {MEMORY}: {'PASS' if total <= MEMORY else 'MISS'}")


def verdict(one: dict[str, Any]) -> str:
    if one["bar"] is None:
        return ""
    good = one["large"]["cpu"] <= one["bar"] and one["ratio"] <= MOST_GROWTH
    return "PASS" if good else "MISS"


def _pair(figures: dict[str, Any], suffix: str) -> str:
    return f"{figures[f'p50{suffix}']:.1f} / {figures[f'p95{suffix}']:.1f}"
