"""
`./run drill mutation`: break the evaluation of decision tables in a thousand places, one at a time.

Each change (a mutant) has to make a test of tests/unit/dmn fail; those that none notices are
listed. What is broken, and which tests have to notice, stands in pyproject.toml under
[tool.mutmut]. With --short a sample is broken. The control asks tests that look at no answer: they
have to do badly.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.report import Figure, report
from launcher.places import ROOT

GOAL = 85
BREAKING = Path(__file__).parent / "mutating" / "breaking.py"
# What the tests of decision tables need: the rooms at the bottom of the house, and no more.
LAID_OUT = (
    "standpipe/__init__.py",
    "standpipe/kernel",
    "standpipe/dmn",
    "tests/unit/dmn",
    "service_packs",
)
SHORT_FILE = "standpipe/dmn/table/cells.py"
SHORT_TESTS = ("test_cells", "test_decide", "test_partial_facts")
# Of a function's mutants, numbered from 1, one in so many; no function has more than the largest.
SHORT_STEP = 8
LARGEST_NUMBER = 300
PYTEST = """
[tool.pytest.ini_options]
pythonpath = ["."]
addopts = ["--import-mode=importlib"]
"""
LOOKS_AT_NO_ANSWER = """
from pathlib import Path

from standpipe import dmn


def test_every_table_of_a_pack_decides_something():
    for path in Path("service_packs").glob("*/rules/*.dmn"):
        for decision in dmn.load(path.read_bytes(), path.name).decisions:
            decision.explain({column.name: None for column in decision.inputs})
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of mutants; a mutant that hangs its tests or ends them is noticed too."""

    noticed: int
    unnoticed: tuple[str, ...]

    @property
    def percent(self) -> float:
        """Return how many were noticed, in per cent."""
        return 100 * self.noticed / max(1, self.noticed + len(self.unnoticed))


def mutate(
    folder: Path, *, tests: Sequence[str] = (), files: Sequence[str] = (), names: Sequence[str] = ()
) -> Tally:
    """
    Break what lies below a folder, and count; all that is configured, unless some is named.

    `names` are patterns of mutants' names, `files` patterns of sources, `tests` paths of tests.
    """
    settings: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    chosen = dict(settings["tool"]["mutmut"])
    chosen |= {"only_mutate": list(files)} if files else {}
    chosen |= {"pytest_add_cli_args_test_selection": list(tests)} if tests else {}
    lay_out(folder, chosen)
    with (folder / "breaking.log").open("w") as log:
        done = subprocess.run(
            [sys.executable, str(BREAKING), *names],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
        )
    if done.returncode:
        raise RuntimeError((folder / "breaking.log").read_text("utf-8")[-3000:])
    return count(folder)


def lay_out(folder: Path, settings: Mapping[str, Any]) -> None:
    """Copy what is needed: the tests of the house start a PostgreSQL, which these do without."""
    for name in LAID_OUT:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (folder / "tests/unit/dmn/test_no_answer.py").write_text(LOOKS_AT_NO_ANSWER, "utf-8")
    # JSON's lists, texts and yes or no are TOML's as well.
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    also = 'also_copy = ["service_packs"]'
    text = "\n".join(["[tool.mutmut]", also, *lines, PYTEST])
    (folder / "pyproject.toml").write_text(text, "utf-8")


def count(folder: Path) -> Tally:
    """Count what was noted of each mutant: the status with which its tests ended."""
    verdicts = json.loads((folder / "verdicts.json").read_text("utf-8"))
    # 0: every test passed. 33: there is none that comes by it.
    unnoticed = tuple(sorted(name for name, status in verdicts.items() if status in (0, 33)))
    return Tally(len(verdicts) - len(unnoticed), unnoticed)


def drill(*, short: bool, seed: int, only: str | None = None) -> tuple[list[Figure], str]:
    """Break, count, and break again before the tests of the control; figures, and who survived."""
    files = [only] if only else [SHORT_FILE] if short else []
    sample = range(seed % SHORT_STEP + 1, LARGEST_NUMBER, SHORT_STEP)
    names = [f"*__mutmut_{number}" for number in sample]
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        tests = [f"tests/unit/dmn/{name}.py" for name in SHORT_TESTS] if short else []
        found = mutate(Path(one), files=files, names=names if short else (), tests=tests)
        survivors = (Path(one) / "unnoticed.diff").read_text("utf-8")
        control = mutate(
            Path(other),
            files=[SHORT_FILE],
            names=names,
            tests=["tests/unit/dmn/test_no_answer.py"],
        )
    figures = [
        Figure("mutants", found.noticed + len(found.unnoticed), ""),
        Figure("mutants noticed by a test", found.percent, "%", f">= {GOAL}"),
        Figure("mutants that no test noticed", len(found.unnoticed), ""),
        Figure("control, tests that look at no answer: noticed", control.percent, "%", "<= 60"),
    ]
    return figures, survivors


def main() -> int:
    """Break and tell; 0 if enough was noticed and the control did badly."""
    parser = argparse.ArgumentParser(prog="./run drill mutation", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures as JSON alone")
    parser.add_argument("--short", action="store_true", help="a sample only")
    parser.add_argument("--seed", type=int, default=1, help="which sample; 1 unless told")
    parser.add_argument("--file", help="one source alone, such as standpipe/dmn/table/hits.py")
    arguments = parser.parse_args()
    figures, survivors = drill(short=arguments.short, seed=arguments.seed, only=arguments.file)
    print(survivors, file=sys.stderr)
    report(figures, as_json=arguments.json)
    return 0 if figures[1].value >= GOAL and figures[3].value <= 60 else 1


if __name__ == "__main__":
    sys.exit(main())
