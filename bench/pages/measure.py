"""Batches against running sites, turn by turn, so that a busy machine is busy for all of them."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.pages import cost
from bench.pages.operations import Operation
from bench.pages.site import Site

ENOUGH, MOST, EACH = 5, 24, 120  # batches that count, batches at most, visits in a batch
DEARER = 1.15  # a batch does not count when the same piece of work costs more than this many times its least beside it
_WARM = 40
_LOOK = 0.5  # seconds between two looks at the neighbours
_CROWD = 8


@dataclass
class Figures:
    """Milliseconds."""

    cpu: list[float] = field(default_factory=list)
    web: list[float] = field(default_factory=list)
    worker: list[float] = field(default_factory=list)  # the part of the database's work that the worker asked for
    alone: list[float] = field(default_factory=list)
    crowd: list[float] = field(default_factory=list)
    strain: list[float] = field(default_factory=list)

    def calm(self, floor: float) -> list[int]:
        return [n for n, strain in enumerate(self.strain) if strain <= floor * DEARER]

    def counted(self, floor: float) -> list[int]:
        """The batches beside which the machine ran as fast as it can; all of them when there are too few."""
        calm = self.calm(floor)
        return calm if len(calm) >= ENOUGH else list(range(len(self.strain)))

    def summary(self, floor: float) -> dict[str, Any]:
        counted = self.counted(floor)
        return {
            "cpu": round(median(self.cpu[n] for n in counted), 2),
            "least": round(min(self.cpu), 2),
            "web": round(median(self.web[n] for n in counted), 2),
            "worker": round(median(self.worker[n] for n in counted), 2),
            "calm": len(self.calm(floor)),
            "batches": [round(value, 2) for value in self.cpu],
            "strain": [round(value, 2) for value in self.strain],
            "p50": round(_percentile(self.alone, 50), 1),
            "p95": round(_percentile(self.alone, 95), 1),
            "p50_of_8": round(_percentile(self.crowd, 50), 1),
            "p95_of_8": round(_percentile(self.crowd, 95), 1),
        }


class Visitors:
    """The driver's process."""

    def __enter__(self) -> "Visitors":
        command = [sys.executable, str(Path(__file__).with_name("driver.py"))]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()

    def visit(self, site: Site, what: Operation, times: int, connections: int = 1) -> list[float]:
        """Milliseconds of each visit."""
        task = {"port": site.port, "connections": connections, "expect": what.status,
                "requests": [what.request(site) for _ in range(times)]}  # fmt: skip
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps(task), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit("The visitors have stopped.")
        found: list[float] = json.loads(answer)["ms"]
        return found


@dataclass
class Patience:
    """How many seconds a run waits in all for neighbours to leave the machine alone."""

    left: float

    def wait(self, figures: Sequence[Figures]) -> None:
        while self.left > 0 and any(figure.strain for figure in figures) and cost.strain() > least(figures) * DEARER:
            time.sleep(_LOOK)
            self.left -= _LOOK


def measure(what: Operation, sites: Sequence[Site], visitors: Visitors, patience: Patience) -> list[Figures]:
    """Batches until enough of them count at each site; while there is patience, each in a calm moment."""
    figures = [Figures() for _ in sites]
    for site in sites:
        check(site, what)
        visitors.visit(site, what, _WARM)
        visitors.visit(site, what, _WARM * 2, _CROWD)
        site.settle()
    begun = time.monotonic()
    while any(len(figure.strain) < MOST for figure in figures) or patience.left > time.monotonic() - begun:
        for site, figure in zip(sites, figures, strict=True):
            patience.wait(figures)
            _batch(site, what, figure, visitors)
            site.settle()
        if all(len(figure.calm(least(figures))) >= ENOUGH for figure in figures):
            break
    for site, figure in zip(sites, figures, strict=True):
        figure.crowd += visitors.visit(site, what, EACH * 2, _CROWD)
        site.settle()
    return figures


def least(figures: Sequence[Figures]) -> float:
    """What the fixed piece of work cost where it was cheapest: between batches it finds the caches cold."""
    return min(strain for figure in figures for strain in figure.strain)


def check(site: Site, what: Operation) -> None:
    """That the page is the page."""
    if what.shows:
        html = site.page(what.request(site), what.status)
        shown = html.count(what.shows)
        if shown < what.at_least:
            raise SystemExit(f"{what.name}: {what.shows} stands there {shown} times instead of {what.at_least}.")


def _batch(site: Site, what: Operation, figure: Figures, visitors: Visitors) -> None:
    web = site.programs["web"].pid
    behind = site.backends_of_worker()
    strain = cost.strain()
    before = _spent(site, web)
    figure.alone += visitors.visit(site, what, EACH)
    after = _spent(site, web)
    figure.strain.append(max(strain, cost.strain()))
    figure.cpu.append(cost.between(before, after) / EACH)
    figure.web.append((after[web] - before[web]) / EACH)
    worker = {pid: ms for pid, ms in after.items() if pid in behind}
    figure.worker.append(cost.between(before, worker) / EACH)


def _spent(site: Site, web: int) -> cost.Spent:
    postmaster = int((site.postgres.folder.cluster / "postmaster.pid").read_text().split()[0])
    return cost.spent([web, *cost.database_processes(postmaster, site.database)])


def _percentile(values: list[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]
