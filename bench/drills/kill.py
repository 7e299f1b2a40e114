"""
`./run drill kill`: submissions by API while web server, worker and PostgreSQL are killed (-9).

Clients repeat each submission with its Idempotency-Key until it is acknowledged; some hang up
before they hear the answer. Then everything that was acknowledged must be there once, whole, with
its message sent once. Two wrong servers must be caught doing the same.
"""

from __future__ import annotations

import argparse
import sys
import time

from bench.drills.killing.count import sent, unsent
from bench.drills.killing.delivered import times_sent
from bench.drills.killing.trial import Outcome, Plan, attempt
from bench.proving_ground import ProvingGround
from bench.report import Figure, report
from launcher.processes import Died, hear_stop

WHOLE = Plan(10_000, {"web process": 60, "web server": 16, "worker": 32, "PostgreSQL": 24})
CONTROL = Plan(1_000, {"web process": 12, "web server": 4, "worker": 0, "PostgreSQL": 6})
SHORT = Plan(300, {"web process": 3, "web server": 2, "worker": 5, "PostgreSQL": 5})
SHORT_CONTROL = Plan(150, {"web process": 2, "web server": 1, "worker": 0, "PostgreSQL": 2})
# Until a message whose sending was cut off is tried again: its lease, then the sweep.
DELIVERY_SECONDS = 900


def main() -> int:
    """Run the drill; 0 if nothing was lost or doubled and both wrong servers were caught."""
    parser = argparse.ArgumentParser(prog="./run drill kill", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures as JSON alone")
    parser.add_argument("--short", action="store_true", help="300 submissions, in a minute")
    parser.add_argument("--seed", type=int, default=1, help="who dies when, and who hangs up")
    arguments = parser.parse_args()
    hear_stop()
    try:
        figures = drill(short=arguments.short, seed=arguments.seed)
    except Died as fault:
        print(fault, file=sys.stderr)
        return 2
    report(figures, as_json=arguments.json)
    return 0 if all(map(is_reached, figures)) else 1


def drill(*, short: bool, seed: int) -> list[Figure]:
    """Try the right server and both wrong ones on one proving ground; return all figures."""
    plan, control = (SHORT, SHORT_CONTROL) if short else (WHOLE, CONTROL)
    with ProvingGround() as ground:
        right = attempt(ground, plan, server="right", seed=seed)
        figures = [*_of_right(right, plan), *_of_messages(ground, wait=not short)]
        figures.append(Figure("faults in the audit log", _audit_faults(ground), "", "0"))
        _tell(right)
        early = _caught(ground, control, "early_ack", "lost", seed=seed)
        keyless = _caught(ground, control, "no_key", "doubled", seed=seed)
    return [
        *figures,
        Figure("control, acknowledges before commit: lost", len(early.counted.lost), "", ">= 1"),
        Figure("control, knows no keys: doubled", len(keyless.counted.doubled), "", ">= 1"),
    ]


def _caught(ground: ProvingGround, plan: Plan, server: str, harm: str, *, seed: int) -> Outcome:
    """
    Return the attempt that caught a wrong server, or the last of four.

    Whether a kill meets the moment between two acts is chance, and the more so on a busy machine.
    """
    for number in range(4):
        tried = attempt(ground, plan, server=server, seed=seed + number)
        if getattr(tried.counted, harm):
            break
    return tried


def _of_right(outcome: Outcome, plan: Plan) -> list[Figure]:
    killed = {victim: len(times) for victim, times in outcome.recoveries.items()}
    others = sum(times for victim, times in killed.items() if victim != "PostgreSQL")
    counted = outcome.counted
    return [
        Figure(
            "submissions acknowledged",
            len(outcome.submitted.acknowledged),
            "",
            f">= {plan.submissions}",
        ),
        Figure("requests sent for them", outcome.submitted.tries, ""),
        Figure("kills of web server and worker", others, "", f">= {plan.server_and_worker}"),
        Figure("kills of PostgreSQL", killed["PostgreSQL"], "", f">= {plan.kills['PostgreSQL']}"),
        Figure("lost", len(counted.lost), "", "0"),
        Figure("doubled", len(counted.doubled), "", "0"),
        Figure("incomplete", len(counted.incomplete), "", "0"),
        Figure("orphans", counted.orphaned, "", "0"),
        Figure("answers that no client should get", len(outcome.submitted.oddities), "", "0"),
        *(
            Figure(f"slowest recovery: {victim}", round(max(times), 2), "s", "<= 10")
            for victim, times in outcome.recoveries.items()
            if times
        ),
        Figure("time of all submissions", round(outcome.seconds, 1), "s"),
    ]


def _of_messages(ground: ProvingGround, *, wait: bool) -> list[Figure]:
    """Let the worker finish, if there is time to, and ask Notify what it was sent."""
    owner = ground.database.owner
    worker = ground.stack.start_command("worker", "worker")
    deadline = time.monotonic() + (DELIVERY_SECONDS if wait else 20)
    while (left := unsent(owner)) and time.monotonic() < deadline:
        time.sleep(1)
    ground.stack.processes.stop(worker)
    times = times_sent(ground.stack.variables, sent(owner))
    figures = [
        Figure("messages sent", len(times), ""),
        Figure("messages sent, not exactly once", sum(n != 1 for n in times.values()), "", "0"),
    ]
    # Cut off while it was sent, a message waits for its lease: longer than the short drill.
    return [*figures, Figure("messages left", left, "", "0")] if wait else figures


def _audit_faults(ground: ProvingGround) -> int:
    try:
        ground.stack.standpipe("audit", "verify", as_owner=True, quiet=True)
    except Died as found:
        return max(1, len(str(found).splitlines()) - 1)
    return 0


def _tell(outcome: Outcome) -> None:
    counted = outcome.counted
    for fault in (
        *counted.lost,
        *counted.doubled,
        *counted.incomplete,
        *outcome.submitted.oddities,
    ):
        print(fault, file=sys.stderr)
    for name, found in counted.orphans.items():
        if found:
            print(f"{found} {name}", file=sys.stderr)


def is_reached(figure: Figure) -> bool:
    """Say whether a figure reaches its goal; one without a goal does."""
    match (figure.goal or "").split():
        case [">=", least]:
            return figure.value >= float(least)
        case ["<=", most]:
            return figure.value <= float(most)
        case [exactly]:
            return figure.value == float(exactly)
    return True


if __name__ == "__main__":
    sys.exit(main())
