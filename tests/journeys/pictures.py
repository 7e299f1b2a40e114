"""
The pictures of the journey in docs/pictures/, taken from a demo that runs.

    python -m tests.journeys.pictures --web=http://localhost:8000
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from tests.journeys.applicant import DISCRETIONARY, ROOT, Applicant, resident
from tests.journeys.browsing import NARROW, Setting, Visitor, browser, visitor

FOLDER = ROOT / "docs" / "pictures"
# As `standpipe demo sign-ins` prints them on every demo.
CASEWORKER, PASSWORD = "caseworker@borrowdale-county.example", "a-tap-in-the-street"
# Enough to tell one shade from another, and a fifth of the size.
COLOURS = 128


def main(words: Sequence[str]) -> int:
    """Take every picture anew."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.pictures")
    parser.add_argument("--web", required=True, help="where the demo answers")
    web = parser.parse_args(words).web
    FOLDER.mkdir(parents=True, exist_ok=True)
    with browser() as running:
        with visitor(running, web, Setting(width=900)) as one:
            _decided_at_once(one)
        with visitor(running, web, Setting(width=NARROW, language="cy")) as one:
            _on_a_phone_in_welsh(one)
        with visitor(running, web, Setting(width=900)) as one:
            reference = _for_a_person_to_decide(one)
        with visitor(running, web, Setting(width=1200)) as one:
            _seen_by_staff(one, reference)
    return 0


def _decided_at_once(one: Visitor) -> None:
    ada = Applicant(one, resident("ada"))
    one.seen = _at({"/services/blue_badge": "start"})
    ada.begin()
    ada.answer_all(until="dwp")
    _take(one, "consent")
    one.fill({"agree": "yes"})
    one.submit()
    _take(one, "confirmed")
    one.submit()
    ada.answer_all()
    _take(one, "answers")
    ada.send()
    ada.pay()
    _take(one, "decision")
    one.open("/data")
    _take(one, "who-looked")


def _on_a_phone_in_welsh(one: Visitor) -> None:
    ada = Applicant(one, resident("ada"))
    ada.begin()
    ada.answer_all(until="birth_date")
    _take(one, "phone-welsh")


def _for_a_person_to_decide(one: Visitor) -> str:
    farid = Applicant(one, resident("farid"), says=DISCRETIONARY)
    farid.begin()
    farid.answer_all()
    farid.send()
    farid.pay()
    return farid.reference


def _seen_by_staff(one: Visitor, reference: str) -> None:
    one.open("/accounts/login/?next=/staff/")
    one.fill({"login": CASEWORKER, "password": PASSWORD})
    one.press("Sign in")
    _take(one, "queue")
    one.open(f"/staff/cases/{reference}")
    _take(one, "case")


def _at(names: dict[str, str]) -> Callable[[Visitor], None]:
    def seen(one: Visitor) -> None:
        if one.path in names:
            _take(one, names[one.path])

    return seen


def _take(one: Visitor, name: str) -> None:
    path = FOLDER / f"{name}.png"
    one.page.screenshot(path=path, full_page=True)
    with Image.open(path) as taken:
        small = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(Path(path), optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
