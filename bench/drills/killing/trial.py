"""One trial: submissions to one server while its parts are killed, and the count afterwards."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bench.drills.killing.count import Counted, count
from bench.drills.killing.submitters import Intent, Submitted, Submitters
from bench.drills.killing.victims import Server, Victim, Victims
from bench.lodgings import bodies
from bench.proving_ground import ProvingGround
from launcher.processes import Died

CLIENTS = 8
RECOVERY_SECONDS = 60.0
# Nothing acknowledged for as long as this: the server does not come back, and nobody need wait.
STANDSTILL_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How many submissions, and how often each victim is killed meanwhile."""

    submissions: int
    kills: Mapping[Victim, int]

    @property
    def server_and_worker(self) -> int:
        """How many kills there are besides those of PostgreSQL."""
        return sum(times for victim, times in self.kills.items() if victim != "PostgreSQL")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a trial; `recoveries` are the seconds from each kill to the next receipt."""

    submitted: Submitted
    counted: Counted
    recoveries: Mapping[Victim, tuple[float, ...]]
    seconds: float


def attempt(ground: ProvingGround, plan: Plan, *, server: Server, seed: int) -> Outcome:
    """Submit everything while kills happen evenly over the submissions; then count."""
    chance = random.Random(seed)
    run = f"{server.replace('_', '-')}-{seed}-"
    intents = [
        Intent(mark, body) for mark, body in bodies(count=plan.submissions, seed=seed, begin=run)
    ]
    victims = Victims(ground, server=server, chance=chance)
    try:
        ground.until_it_answers()
        submitters = Submitters(
            intents, port=ground.port, token=ground.token(), clients=CLIENTS, seed=seed
        )
        started = time.monotonic()
        submitters.start()
        try:
            recoveries = _kill(ground, plan, victims, submitters, chance)
            _go_on(ground, victims, submitters, until=plan.submissions)
            submitted = submitters.finish()
        finally:
            submitters.stop()
        seconds = time.monotonic() - started
    finally:
        victims.stop()
    counted = count(
        ground.database.owner, run=run, acknowledged=submitted.acknowledged, intents=intents
    )
    return Outcome(submitted, counted, recoveries, seconds)


def _kill(
    ground: ProvingGround,
    plan: Plan,
    victims: Victims,
    submitters: Submitters,
    chance: random.Random,
) -> dict[Victim, tuple[float, ...]]:
    dying = [victim for victim, times in plan.kills.items() for _ in range(times)]
    chance.shuffle(dying)
    recoveries: dict[Victim, tuple[float, ...]] = dict.fromkeys(plan.kills, ())
    for number, victim in enumerate(dying):
        # Evenly over the work: none comes after it, however long the recoveries take.
        due = plan.submissions * (number + 1) // (len(dying) + 1)
        _go_on(ground, victims, submitters, until=due)
        before = submitters.acknowledged
        started = time.monotonic()
        victims.kill(victim)
        _wait(victims, submitters, until=before + 1, patience=RECOVERY_SECONDS)
        recoveries[victim] += (time.monotonic() - started,)
        if sys.stderr.isatty():
            print(
                f"\r{number + 1} of {len(dying)} killed, {submitters.acknowledged} acknowledged ",
                end="",
                file=sys.stderr,
                flush=True,
            )
    return recoveries


def _go_on(ground: ProvingGround, victims: Victims, submitters: Submitters, *, until: int) -> None:
    """
    Wait until so many submissions are acknowledged.

    :raises Died: if none is for a long time; with the ends of the logs
    """
    while (so_far := submitters.acknowledged) < until:
        _wait(victims, submitters, until=so_far + 1, patience=STANDSTILL_SECONDS)
        if submitters.acknowledged == so_far:
            logs = "\n".join(
                f"{each.name}:\n{each.end_of_log()}" for each in ground.stack.processes.children
            )
            raise Died(f"Nothing acknowledged in {STANDSTILL_SECONDS:.0f} s.\n{logs}")


def _wait(victims: Victims, submitters: Submitters, *, until: int, patience: float) -> None:
    started = time.monotonic()
    while submitters.acknowledged < until and time.monotonic() - started < patience:
        victims.revive()
        time.sleep(0.01)
