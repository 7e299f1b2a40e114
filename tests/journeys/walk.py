"""
The main job, step by step, in a browser, against a demo that runs: what `./run walk` does.

    python -m tests.journeys.walk --web=http://localhost:8000 [--pictures FOLDER]

Ada gets PIP with 12 points for moving around. She applies for a Blue Badge, agrees to a check with
the Department for Work and Pensions, pays, and is told the decision with its reasons. Nobody holds
two: in a demo in which Ada has applied before, another resident walks in her place.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from bench.citizen import confirmed
from standpipe.places.residents import Resident
from tests.journeys.applicant import Applicant, resident
from tests.journeys.browsing import Setting, Visitor, browser, visitor

# How many lines of the outcome are printed; what follows is how to get in touch.
LINES = 24


def main(words: Sequence[str]) -> int:
    """Walk, printing each page as it comes and how long it took; 0 if the badge was granted."""
    arguments = _arguments(words)
    started = time.monotonic()
    with (
        browser() as running,
        visitor(running, arguments.web, Setting(), seen=_telling(arguments.pictures)) as one,
    ):
        ada = Applicant(one, somebody_new(dict(arguments.simulator).get("govuk_notify")))
        print(f"{ada.person.given} {ada.person.family} applies for a Blue Badge.\n")
        ada.begin()
        ada.answer_all()
        ada.send()
        ada.pay()
        took = time.monotonic() - started
        granted = one.path.endswith("/outcome") and one.page.locator(".govuk-panel").count() == 1
        number = ada.await_number() if granted else ""
        numbered = time.monotonic() - started
        print(f"\n{'─' * 72}")
        lines = [line for line in one.text.splitlines() if line.strip()]
        print("\n".join(f"  {line}" for line in lines[:LINES]))
        print("─" * 72)
        print(f"\nFrom the start page to the decision: {took:.1f} s, {len(ada.asked)} questions.")
        if number:
            print(f"Its number, {number}, came {numbered - took:.1f} s later.")
        print(f"The application: {arguments.web}/applications/{ada.reference}")
    for name, address in arguments.simulator:
        if name == "govuk_notify":
            print(f"The messages it led to: {address}/messages?to={ada.person.email}")
    return 0 if granted else 1


def somebody_new(messages: str | None) -> Resident:
    """Return Ada, or another whom the department confirms, if she was written to before."""
    for one in (resident("ada"), *confirmed()):
        if messages is None:
            break
        to = httpx.get(f"{messages}/messages.json", params={"to": one.email}, timeout=10)
        if not to.json()["messages"]:
            break
    return one


def _telling(pictures: Path | None) -> Callable[[Visitor], None]:
    last = time.monotonic()
    number = 0

    def tell(one: Visitor) -> None:
        nonlocal last, number
        now = time.monotonic()
        number += 1
        print(f"{number:3}  {(now - last) * 1000:6.0f} ms  {one.heading}", flush=True)
        if pictures:
            pictures.mkdir(parents=True, exist_ok=True)
            one.page.screenshot(path=pictures / f"{number:02}.png", full_page=True)
        last = time.monotonic()

    return tell


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run walk")
    parser.add_argument("--web", required=True, help="where the demo answers")
    parser.add_argument(
        "--simulator",
        action="append",
        default=[],
        type=lambda text: tuple(text.split("=", 1)),
        metavar="NAME=ADDRESS",
        help="where a simulator answers",
    )
    parser.add_argument("--pictures", type=Path, help="a folder to keep a picture of each page in")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
