"""
`./run bench county`: a year of a county's Blue Badges, played day by day through the whole stack.

Made-up residents apply at the pages and on paper, some leave halfway or pay with a card that is
declined, the department fails on some days, officers work through their queue, ask for more and
decide, and the clock of the servers goes from a year ago to today. At the end the database is asked
what came of it: how long decisions took, how many needed no human, and whether any case is stuck.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random

from bench.proving_ground import ProvingGround
from bench.report import Figure, report
from bench.year import papers, visits
from bench.year.applicants import Applicant, draw, fault_on
from bench.year.count import Year, count
from bench.year.office import Office
from bench.year.service import SERVICE, blue_badge
from launcher.places import ROOT, STATE
from launcher.processes import hear_stop
from standpipe.places.reading import load_place
from standpipe.places.residents import generate

VISITORS = 6
# About one in seventeen residents has an award that counts; two in five applicants must.
RESIDENTS_AN_APPLICATION = 9
WORKING_DAYS_A_WEEK = 5
# Within how many days somebody replies who is asked for more; a few never do.
REPLY_DAYS, NEVER_REPLIES = (2, 20), 0.1
_FORK = multiprocessing.get_context("fork")


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
    with clock_file() as clock:
        ground = ProvingGround(
            settings={"STANDPIPE_CLOCK_FILE": str(clock)},
            residents=max(2000, applications * RESIDENTS_AN_APPLICATION),
        )
        with ground:
            ground.stack.start_worker()
            ground.stack.start_web()
            year = County(ground, clock, applications=applications, days=days, seed=seed)
            started = time.monotonic()
            year.play()
            seconds = time.monotonic() - started
            ground.drain()
            return year.figures(count(ground.database.owner, service=SERVICE), seconds)


class County:
    """One county through one year."""

    def __init__(
        self, ground: ProvingGround, clock: Path, *, applications: int, days: int, seed: int
    ) -> None:
        self._ground, self._clock, self._days, self._seed = ground, clock, days, seed
        self._today = datetime.now(UTC).date()
        # Before the visitors are forked, so that each has it.
        blue_badge()
        residents = list(
            generate(
                load_place(ROOT / "places" / "borrowdale"),
                seed=1,
                count=applications * RESIDENTS_AN_APPLICATION,
            )
        )
        self._applicants = draw(residents, count=applications, days=days, seed=seed)
        self._office = Office(ground.stack.origin, seed=seed)
        # A little more than comes in, so that the queue is worked off and not away.
        self._most = round(applications / days * 7 / WORKING_DAYS_A_WEEK * 1.1) + 1
        self._replies: dict[int, list[visits.Visit]] = {}
        self._visits: dict[str, visits.Visit] = {}
        self._numbers: dict[str, int] = {}
        self._seconds: list[float] = []
        self._troubles: list[str] = []
        self._left = 0
        self._lodged = 0

    def play(self) -> None:
        """Play every day: people apply and reply, then the office works."""
        by_day = {day: list(who) for day, who in groupby(self._applicants, lambda one: one.day)}
        with ProcessPoolExecutor(VISITORS, mp_context=_FORK) as visitors:
            for day in range(self._days):
                on = self._set_clock(day)
                token = self._ground.token()
                with self._department(fault_on(day, seed=self._seed)):
                    self._people(visitors, by_day.get(day, []), token=token, on=on)
                self._reply(visitors, day)
                if on.weekday() < WORKING_DAYS_A_WEEK:
                    self._work(day, token)
                tell(f"day {day + 1} of {self._days}: {len(self._seconds)} pages")

    def figures(self, year: Year, seconds: float) -> list[Figure]:
        """Return what came of the year."""
        alone = round(100 * len(year.sittings) / max(len(year.days), 1), 1)
        pages = sorted(self._seconds) or [0.0]
        waiting = [
            Figure(f"open, waiting on: {who}", number, "cases") for who, number in year.waiting
        ]
        return [
            Figure("applications", len(self._applicants), ""),
            Figure("left halfway", self._left, ""),
            Figure("lodged on paper", self._lodged, ""),
            Figure("decided", len(year.days), ""),
            Figure("decided with no human", alone, "%", ">= 40"),
            Figure("refused, by officers alone", year.refused, ""),
            Figure(
                "in one sitting: first page to decision, p50",
                round(_quantile(year.sittings, 50), 2),
                "min",
            ),
            *(
                Figure(
                    f"time to decision: all, p{share}",
                    round(_quantile(year.days, share), 2),
                    "days",
                )
                for share in (25, 50, 75, 90, 99)
            ),
            *(
                Figure(
                    f"time to decision: by officers, p{share}",
                    round(_quantile(year.by_officers, share), 2),
                    "days",
                )
                for share in (50, 90)
            ),
            Figure("page time, p50", round(statistics.median(pages) * 1000, 1), "ms"),
            Figure("page time, p95", round(_quantile(pages, 95) * 1000, 1), "ms"),
            *waiting,
            Figure("open cases that wait on nobody or no day", len(year.stuck), "", "0"),
            Figure("paid and not sent", year.paid_and_not_sent, "", "0"),
            Figure("jobs that failed for good", year.lost_jobs, "", "0"),
            Figure("messages not sent", year.waiting_messages, "", "0"),
            Figure("visits that met trouble", len(self._troubles), "", "0"),
            Figure("played in", round(seconds), "s"),
            Figure(
                "others at work: load of the machine", round(os.getloadavg()[0], 1), "processes"
            ),
        ]

    def _set_clock(self, day: int) -> date:
        ago = timedelta(days=self._days - 1 - day)
        written = self._clock.with_suffix(".new")
        written.write_text(str(-ago.total_seconds()))
        written.replace(self._clock)
        return self._today - ago

    @contextmanager
    def _department(self, fault: str | None) -> Iterator[None]:
        if fault is None:
            yield
            return
        self._fail(fault)
        try:
            yield
        finally:
            self._fail(None)

    def _fail(self, fault: str | None) -> None:
        stack = self._ground.stack
        request = urllib.request.Request(
            f"{stack.simulators['dwp_benefits']}/control/fault",
            data=json.dumps({"fault": fault}).encode(),
            headers={
                "Authorization": f"Bearer {stack.variables['STANDPIPE_SIMULATOR_TOKEN']}",
                "Content-Type": "application/json",
            },
        )
        urllib.request.urlopen(request, timeout=10).close()

    def _people(
        self, visitors: ProcessPoolExecutor, who: Sequence[Applicant], *, token: str, on: date
    ) -> None:
        origin = self._ground.stack.origin
        at_pages = [visitors.submit(visits.apply, origin, one) for one in who if one.way == "pages"]
        on_paper = [
            visitors.submit(papers.lodge, origin, one, token=token, on=on)
            for one in who
            if one.way == "paper"
        ]
        for visited in at_pages:
            self._note(visited.result())
        for lodged in on_paper:
            try:
                lodged.result()
                self._lodged += 1
            except papers.NotLodged as trouble:
                self._trouble(str(trouble))

    def _note(self, visit: visits.Visit) -> None:
        self._seconds += visit.seconds
        if visit.trouble:
            self._trouble(visit.trouble)
        elif visit.reference:
            self._numbers[visit.reference] = visit.number
            self._visits[visit.reference] = visit
        else:
            self._left += 1

    def _trouble(self, words: str) -> None:
        self._troubles.append(words)
        tell(words)

    def _reply(self, visitors: ProcessPoolExecutor, day: int) -> None:
        due = self._replies.pop(day, [])
        origin = self._ground.stack.origin
        for answered in [visitors.submit(visits.reply, origin, visit) for visit in due]:
            visit = answered.result()
            self._seconds += visit.seconds
            if visit.trouble:
                self._trouble(visit.trouble)

    def _work(self, day: int, token: str) -> None:
        at = datetime.now(UTC) - timedelta(days=self._days - 1 - day)
        done = self._office.work(at, token=token, numbers=self._numbers, most=self._most)
        for reference in done.asked:
            chance = Random(f"{self._seed} {self._numbers[reference]} reply")
            if chance.random() >= NEVER_REPLIES:
                after = day + chance.randint(*REPLY_DAYS)
                self._replies.setdefault(after, []).append(self._visits[reference])


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


def tell(words: str) -> None:
    """Tell progress where it does not mix with figures."""
    print(words, file=sys.stderr, flush=True)


def _quantile(values: Sequence[float], share: int) -> float:
    if not values:
        return 0.0
    return values[min(len(values) * share // 100, len(values) - 1)]


if __name__ == "__main__":
    sys.exit(main())
