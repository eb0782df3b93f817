"""The figures beside their bars."""

from typing import Any

from bench.pages.measure import ENOUGH

MOST_GROWTH = 1.3  # times its cost at the small size
MEMORY = 250  # MiB of web and worker together


def print_table(found: dict[str, Any]) -> None:
    size = found["requests"]
    print(f"CPU ms per operation (web + database), small = 1,000 requests, large = {size:,} requests")
    print(_line("", "bar", "large", "(least)", "small", "ratio", "", "p50/p95 ms, 1", "8 connections", "web/worker"))
    for name, one in found["operations"].items():
        large, small = one["large"], one["small"]
        figures = (large["cpu"], large["least"], small["cpu"], one["ratio"])
        print(
            _line(name, one["bar"] or "-", *(f"{value:.2f}" for value in figures), verdict(one),
                  _pair(large, "p50", "p95"), _pair(large, "p50_of_8", "p95_of_8"), _pair(large, "web", "worker"))
        )  # fmt: skip
    strain = [value for one in found["operations"].values() for value in one["large"]["strain"]]
    print(f"the same piece of work cost {min(strain):.0f} to {max(strain):.0f} ms of CPU in the course of this run;")
    print("where it was dear beside a batch, the batch does not count; batches that count:", end=" ")
    print(", ".join(_counted(name, one["large"]) for name, one in found["operations"].items()))
    memory = found["pss_mib"]
    total = sum(memory.values())
    parts = " + ".join(f"{name} {mib}" for name, mib in memory.items())
    print(f"memory (PSS) {parts} = {total:.0f} MiB, bar {MEMORY}: {'PASS' if total <= MEMORY else 'MISS'}")


def _counted(name: str, figures: dict[str, Any]) -> str:
    return f"{name} {figures['calm']} of {len(figures['strain'])}" + (
        "" if figures["calm"] >= ENOUGH else " (too few: all are counted)"
    )


def verdict(one: dict[str, Any]) -> str:
    if one["bar"] is None:
        return ""
    good = one["large"]["cpu"] <= one["bar"] and one["ratio"] <= MOST_GROWTH
    return "PASS" if good else "MISS"


def _line(*words: object) -> str:
    widths = (-8, 5, 7, 8, 7, 7, 6, 16, 16, 13)
    return "".join(
        f"{word!s:<{-width}}" if width < 0 else f"{word!s:>{width}}" for word, width in zip(words, widths, strict=True)
    )


def _pair(figures: dict[str, Any], one: str, other: str) -> str:
    return f"{figures[one]:.1f} / {figures[other]:.1f}"
