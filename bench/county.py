"""
`./run bench county`: a year of a county's Blue Badges, played day by day through the whole stack.

Made-up residents apply at the pages and on paper, some leave halfway or pay with a card that is
declined; holders are reminded and renew, lose a badge, move or need it no longer; registers fail on
some days; officers work through their queue, ask for more, refer to the expert assessor and decide;
and the clock of the servers goes from a year ago to today. At the end the database is asked what
came of it: how long decisions took, how many needed no human, and whether any case is stuck.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.proving_ground import ProvingGround
from bench.report import Figure, report
from bench.year.count import Year, count
from bench.year.county import RESIDENTS_AN_APPLICATION, County, Tally
from bench.year.service import SERVICE
from launcher.places import STATE
from launcher.processes import hear_stop


def main() -> int:
    """Play the year, and print what came of it; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="./run bench county", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures as JSON alone")
    parser.add_argument("--applications", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    hear_stop()
    figures = play(arguments.applications, days=arguments.days, seed=arguments.seed)
    report(figures, as_json=arguments.json)
    return 0 if all(one.value == 0 for one in figures if one.goal == "0") else 1


def play(applications: int, *, days: int, seed: int) -> list[Figure]:
    """Play a year of so many applications and days, and return its figures."""
    cores = len(os.sched_getaffinity(0))
    with clock_file() as clock:
        ground = ProvingGround(
            settings={
                "STANDPIPE_CLOCK_FILE": str(clock),
                "STANDPIPE_WORKERS": str(max(2, cores - 1)),
            },
            residents=max(2000, applications * RESIDENTS_AN_APPLICATION),
        )
        with ground:
            for number in range(max(1, cores // 2)):
                ground.stack.start_command(f"worker-{number}", "worker")
            ground.stack.start_web()
            county = County(
                ground, clock, applications=applications, days=days, seed=seed, visitors=3 * cores
            )
            started = time.monotonic()
            county.play()
            seconds = time.monotonic() - started
            ground.drain()
            found = count(ground.database.owner, service=SERVICE, since=county.first)
            return figures(county.tally, found, seconds)


def figures(tally: Tally, year: Year, seconds: float) -> list[Figure]:
    """Return what came of the year."""
    return [
        *_applications(tally, year),
        *_times(year),
        *_pages(tally.seconds),
        *(Figure(f"open, waiting on: {who}", number, "cases") for who, number in year.waiting),
        Figure("open cases that wait on nobody or no day", len(year.stuck), "", "0"),
        Figure("paid and not sent", year.paid_and_not_sent, "", "0"),
        Figure("badges ordered and without a number", year.without_number, "", "0"),
        Figure("jobs that failed for good", year.lost_jobs, "", "0"),
        Figure("messages not sent", year.waiting_messages, "", "0"),
        Figure("visits that met trouble", len(tally.troubles), "", "0"),
        Figure("played in", round(seconds), "s"),
        Figure("applications a second", round(tally.applications / seconds, 2), ""),
        Figure("others at work: load of the machine", round(os.getloadavg()[0], 1), "processes"),
    ]


def _applications(tally: Tally, year: Year) -> Iterator[Figure]:
    yield Figure("applications", tally.applications, "")
    yield Figure("new", tally.new, "")
    for wish, words in (("renew", "renewals"), ("replace", "replacements"), ("change", "changes")):
        yield Figure(words, tally.wishes[wish], "")
    yield Figure("left halfway", tally.left_halfway, "")
    yield Figure("lodged on paper", tally.on_paper, "")
    yield Figure("asked for more", tally.asked_for_more, "")
    yield Figure("referred to the expert assessor", tally.referred, "")
    yield Figure("reminders written", year.reminders, "")
    yield Figure("days on which a register failed", tally.faulty_days, "")
    for about in ("new", "renew"):
        asked = sorted(tally.questions[about])
        yield Figure(f"pages of questions, {about}: p50", _quantile(asked, 50), "")
    yield Figure("decided", len(year.days), "")
    alone = round(100 * len(year.sittings) / max(len(year.days), 1), 1)
    yield Figure("decided with no human", alone, "%", ">= 40")
    yield Figure("refused, by officers alone", year.refused, "")


def _times(year: Year) -> Iterator[Figure]:
    sitting = round(_quantile(year.sittings, 50), 2)
    yield Figure("in one sitting: first page to decision, p50", sitting, "min")
    for share in (25, 50, 75, 90, 99):
        days = round(_quantile(year.days, share), 2)
        yield Figure(f"time to decision: all, p{share}", days, "days")
    for share in (50, 90):
        days = round(_quantile(year.by_officers, share), 2)
        yield Figure(f"time to decision: by officers, p{share}", days, "days")


def _pages(seconds: Sequence[float]) -> Iterator[Figure]:
    pages = sorted(seconds) or [0.0]
    yield Figure("pages", len(seconds), "")
    yield Figure("page time, p50", round(statistics.median(pages) * 1000, 1), "ms")
    yield Figure("page time, p95", round(_quantile(pages, 95) * 1000, 1), "ms")


@contextmanager
def clock_file() -> Iterator[Path]:
    """Make a file for the clock of the servers, which is right at first."""
    file = STATE / f"clock-{os.getpid()}"
    STATE.mkdir(exist_ok=True)
    file.write_text("0")
    try:
        yield file
    finally:
        file.unlink()


def _quantile(values: Sequence[float], share: int) -> float:
    if not values:
        return 0.0
    return values[min(len(values) * share // 100, len(values) - 1)]


if __name__ == "__main__":
    sys.exit(main())
