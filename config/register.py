"""`standpipe register import`: another register's CSV, checked row by row and entered whole."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from django.utils import timezone

from standpipe.entitlements.actions.taking_in import check_file, enter_file
from standpipe.entitlements.intake.checking import Report
from standpipe.entitlements.intake.report import report_csv
from standpipe.identity.actor import system
from standpipe.places.actions import organisation_id


def main(words: Sequence[str]) -> int:
    """Check a file and enter it; 1 if rows were refused and nothing was entered."""
    parser = argparse.ArgumentParser(prog="standpipe register import")
    parser.add_argument("file", type=Path, help="a CSV file with a row of names")
    parser.add_argument("--service", required=True, help="the service whose register it fills")
    parser.add_argument("--organisation", required=True, help="as in the place's organisations")
    parser.add_argument("--check", action="store_true", help="only say what would happen")
    parser.add_argument(
        "--good-rows", action="store_true", help="leave out the rows that are refused"
    )
    parser.add_argument("--report", type=Path, help="write every refused row to this CSV file")
    arguments = parser.parse_args(words)
    actor = system(organisation_id(arguments.organisation), task="register import")
    content = arguments.file.read_bytes()
    report = check_file(
        arguments.service, content, actor=actor, at=timezone.now(), progress=_shown("checked")
    )
    _tell(report)
    if arguments.report:
        arguments.report.write_text(report_csv(report, language="en"), encoding="utf-8")
        print(f"Every refused row is in {arguments.report}.")
    if report.refused and not arguments.good_rows:
        print("Nothing was entered. Mend the file, or say --good-rows.")
        return 1
    if arguments.check:
        print("Nothing was entered: it was only checked.")
        return 0
    entered = enter_file(
        arguments.service,
        content,
        only_good=arguments.good_rows,
        actor=actor,
        at=timezone.now(),
        progress=_shown("entered"),
    )
    print(f"{len(entered.good)} entries were made.")
    return 0


def _tell(report: Report) -> None:
    print(
        f"{report.rows} rows: {len(report.good)} good, {len(report.refused)} refused,"
        f" {report.blank} blank."
    )
    if report.kept_as_they_are:
        print(f"Kept as they stand: {', '.join(report.kept_as_they_are)}.")
    for one in report.wrong[:20]:
        print(f"  line {one.line}, {one.column or 'row'}: {one.message.en}")
    if len(report.wrong) > 20:
        print(f"  … and {len(report.wrong) - 20} more")


def _shown(what: str) -> Callable[[int], None]:
    def show(count: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{count} {what}", end="", file=sys.stderr, flush=True)

    return show
