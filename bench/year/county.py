"""One county through one year: its residents, its registers, its office, day by day."""

from __future__ import annotations

import json
import multiprocessing
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from bench.proving_ground import ORGANISATION, ProvingGround
from bench.year import papers, visits
from bench.year.applicants import Applicant, draw, fault_on
from bench.year.assessors import Assessors
from bench.year.holders import CHANGED, Holder, draw_holders, how_many
from bench.year.nights import Nights
from bench.year.office import Known, Office
from bench.year.progress import Progress, tell
from bench.year.service import CHANGE, REPLACEMENT, SERVICE, service
from launcher.places import ROOT
from standpipe.places.reading import load_place
from standpipe.places.residents import generate

T = TypeVar("T")
ASSESSOR = "borrowdale_nhs"
REGISTERS = ("dwp_benefits", "dft_blue_badge")
# About one in seventeen residents has an award that counts; two in five applicants must, and all
# who hold a badge when the year begins.
RESIDENTS_AN_APPLICATION = 18
WORKING_DAYS_A_WEEK = 5
# Within how many days somebody replies who is asked for more; a few never do.
REPLY_DAYS, NEVER_REPLIES = (2, 20), 0.1
_FORK = multiprocessing.get_context("fork")


@dataclass(slots=True)
class Tally:
    """What was done in the year, beside what the database kept of it."""

    new: int = 0
    on_paper: int = 0
    left_halfway: int = 0
    wishes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    referred: int = 0
    asked_for_more: int = 0
    faulty_days: int = 0
    questions: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    seconds: list[float] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def applications(self) -> int:
        """All that were made, also those that were not sent."""
        return self.new + sum(self.wishes.values())


class County:
    """One county through one year; `visitors` people are at its pages at once."""

    def __init__(
        self,
        ground: ProvingGround,
        clock: Path,
        *,
        applications: int,
        days: int,
        seed: int,
        visitors: int,
    ) -> None:
        self._ground, self._clock, self._days, self._seed = ground, clock, days, seed
        self._today = datetime.now(UTC).date()
        self._visitors = visitors
        # Before the visitors are forked, so that each has them.
        for name in (SERVICE, REPLACEMENT, CHANGE):
            service(name)
        place = load_place(ROOT / "places" / "borrowdale")
        residents = list(generate(place, seed=1, count=applications * RESIDENTS_AN_APPLICATION))
        new, _ = how_many(applications)
        self.applicants = draw(residents, count=new, days=days, seed=seed)
        self.holders = draw_holders(
            residents,
            self.applicants,
            applications=applications,
            days=days,
            first=self.first,
            seed=seed,
        )
        self.tally = Tally()
        # A little more than comes in, so that the queue is worked off and not away.
        self._most = round(applications / days * 7 / WORKING_DAYS_A_WEEK * 1.1) + 1
        self._replies: dict[int, list[visits.Visit]] = defaultdict(list)
        self._visits: dict[str, visits.Visit] = {}
        self._known: dict[str, Known] = {}
        self._before: dict[int, visits.Visit] = {}

    @property
    def first(self) -> date:
        """The first day of the year; the last is today."""
        return self._today - timedelta(days=self._days - 1)

    def play(self) -> None:
        """Play what went before the year, then every day: people come, then the office works."""
        nights = Nights(self._ground.database.owner)
        with ProcessPoolExecutor(self._visitors, mp_context=_FORK) as visitors:
            self._grant_before(visitors)
            self._year(visitors, nights)
        nights.close()

    def _grant_before(self, visitors: ProcessPoolExecutor) -> None:
        """Have granted, years before, what holders hold when the year begins."""
        progress = Progress(len(self.holders))
        seconds: list[float] = []
        for on, who in groupby(
            sorted(self.holders, key=lambda one: one.granted_on), lambda one: one.granted_on
        ):
            self._set_clock(on)
            going = [self._send(visitors, visits.apply, one.applicant) for one in who]
            for visit in _finished(going):
                self._before[visit.number] = visit
                seconds += visit.seconds
                if visit.trouble:
                    self._trouble(f"before the year: {visit.trouble}")
            # What is granted on a day is ordered on that day.
            self._ground.drain(pause_seconds=0.02)
            progress.at("granted before the year", done=len(self._before), seconds=seconds)

    def _year(self, visitors: ProcessPoolExecutor, nights: Nights) -> None:
        staff = self._ground.staff[ORGANISATION, "Caseworker"]
        office = Office(self._ground.stack.origin, sign_in=staff, seed=self._seed)
        assessors = Assessors(self._ground.stack.origin, seed=self._seed)
        anew = _by_day(self.applicants, lambda one: one.day)
        again = _by_day(self.holders, lambda one: one.applicant.day)
        progress = Progress(len(self.applicants) + len(self.holders))
        for day in range(self._days):
            on = self.first + timedelta(days=day)
            self._set_clock(on)
            nights.order()
            self._ground.drain(pause_seconds=0.02)
            reminded = nights.reminded()
            token = self._ground.token()
            with self._faults(day):
                going = [
                    *self._apply(visitors, anew.get(day, ()), token=token, on=on),
                    *self._wish(visitors, again.get(day, ()), reminded=reminded),
                    *(
                        self._send(visitors, visits.reply, one)
                        for one in self._replies.pop(day, ())
                    ),
                ]
                for visit in _finished(going):
                    self._note(visit)
                if on.weekday() < WORKING_DAYS_A_WEEK:
                    at = self._now(on)
                    self._work(office, day, at, token=token)
                    assessors.work(at, token=self._ground.token(ASSESSOR))
                self._ground.drain(pause_seconds=0.02)
            progress.at(
                f"day {day + 1} of {self._days}",
                done=self.tally.applications,
                seconds=self.tally.seconds,
            )

    def _apply(
        self,
        visitors: ProcessPoolExecutor,
        who: Iterable[Applicant],
        *,
        token: str,
        on: date,
    ) -> Iterator[Future[visits.Visit]]:
        for one in who:
            self.tally.new += 1
            if one.way == "paper":
                self.tally.on_paper += 1
                yield self._send(visitors, papers.lodge, one, token=token, on=on)
            else:
                yield self._send(visitors, visits.apply, one)

    def _wish(
        self,
        visitors: ProcessPoolExecutor,
        who: Iterable[Holder],
        *,
        reminded: frozenset[str],
    ) -> Iterator[Future[visits.Visit]]:
        for one in who:
            before = self._before[one.applicant.number]
            if before.trouble:
                continue
            if one.wish == "renew" and before.reference not in reminded:
                self._trouble(f"{before.reference} was not reminded")
                continue
            self.tally.wishes[one.wish] += 1
            yield self._send(visitors, visits.ask_again, before, one)

    def _note(self, visit: visits.Visit) -> None:
        self.tally.seconds += visit.seconds
        if visit.trouble:
            self._trouble(visit.trouble)
        elif not visit.reference:
            self.tally.left_halfway += 1
        elif visit.reference not in self._known:
            self.tally.questions[visit.about].append(visit.questions)
            self._visits[visit.reference] = visit
            outcome = CHANGED[visit.what][1] if visit.what in CHANGED else ""
            self._known[visit.reference] = Known(
                visit.number, can_reply=bool(visit.cookies), outcome=outcome
            )

    def _work(self, office: Office, day: int, at: datetime, *, token: str) -> None:
        done = office.work(at, token=token, known=self._known, most=self._most)
        self.tally.referred += len(done.referred)
        self.tally.asked_for_more += len(done.asked)
        for reference in done.asked:
            chance = Random(f"{self._seed} {self._known[reference].number} reply")
            if chance.random() >= NEVER_REPLIES:
                after = day + chance.randint(*REPLY_DAYS)
                self._replies[after].append(self._visits[reference])

    def _send(
        self,
        visitors: ProcessPoolExecutor,
        go: Callable[..., visits.Visit],
        *terms: Any,
        **more: Any,
    ) -> Future[visits.Visit]:
        return visitors.submit(go, self._ground.stack.origin, *terms, **more)

    def _trouble(self, words: str) -> None:
        self.tally.troubles.append(words)
        tell(words)

    def _set_clock(self, on: date) -> None:
        written = self._clock.with_suffix(".new")
        written.write_text(str((on - self._today).total_seconds()))
        written.replace(self._clock)

    def _now(self, on: date) -> datetime:
        return datetime.now(UTC) + (on - self._today)

    @contextmanager
    def _faults(self, day: int) -> Iterator[None]:
        faults = {
            register: fault
            for register in REGISTERS
            if (fault := fault_on(day, register=register, days=self._days, seed=self._seed))
        }
        self.tally.faulty_days += bool(faults)
        for register, fault in faults.items():
            self._fail(register, fault)
        try:
            yield
        finally:
            for register in faults:
                self._fail(register, None)

    def _fail(self, register: str, fault: str | None) -> None:
        stack = self._ground.stack
        request = urllib.request.Request(
            f"{stack.simulators[register]}/control/fault",
            data=json.dumps({"fault": fault}).encode(),
            headers={
                "Authorization": f"Bearer {stack.variables['STANDPIPE_SIMULATOR_TOKEN']}",
                "Content-Type": "application/json",
            },
        )
        urllib.request.urlopen(request, timeout=60).close()


def _by_day(everybody: Iterable[T], day_of: Callable[[T], int]) -> Mapping[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for one in everybody:
        found[day_of(one)].append(one)
    return found


def _finished(going: Iterable[Future[visits.Visit]]) -> Iterator[visits.Visit]:
    for one in list(going):
        yield one.result()
