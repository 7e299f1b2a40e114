"""
`./run drill dmn-tools`: every published table opened by others' tools, as a place would send it.

The OMG's schema of DMN 1.3 (the version that most tools read), dmn-moddle with feelin, which is
what dmn-js and Camunda Modeler read with, and pyDMNrules. Each runs in an environment of its own;
one that cannot be had here is said to be missing. What they answer is compared with ours for random
people. Two controls: a file whose table names an unknown element, and one whose answer was changed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.dmn_cross_check import PACKS, candidates
from bench.report import Figure, report
from launcher.apart import NotHere, run_apart
from launcher.places import ROOT, STATE
from standpipe import dmn
from standpipe.dmn.document import in_version_1_3

PEOPLE = 60
SPIFF = "spiffworkflow==3.2.0"
PYDMNRULES = "pydmnrules==1.4.5"
NODE_PACKAGES = ("dmn-moddle@12.2.1", "feelin@8.2.0")


def people_of(decision: dmn.Decision, *, count: int = PEOPLE) -> list[dict[str, Any]]:
    """Return people on and beside the values that a table names, the same each time."""
    choices = {one.name: candidates(decision, one) for one in decision.inputs}
    return [
        {
            name: values[(number * (place + 3) + number // (place + 2)) % len(values)]
            for place, (name, values) in enumerate(choices.items())
        }
        for number in range(count)
    ]


def cases(folder: Path) -> list[dict[str, Any]]:
    """Write every table that one person at a time can be told by, and what we tell them."""
    found = []
    for path in sorted(PACKS.glob("*/rules/*.dmn")):
        file = folder / f"{path.parent.parent.name}-{path.name}"
        file.write_text(in_version_1_3(path.read_text("utf-8")), "utf-8")
        for decision in dmn.load(path.read_bytes(), path.name).decisions:
            people = people_of(decision)
            told = [dict(decision.decide(person).values) for person in people]
            case = {"file": str(file), "decision": decision.name, "people": people, "told": told}
            found.append(case)
    return found


def faulty(folder: Path, whole: dict[str, Any]) -> dict[str, Any]:
    """Return a case as it must not be: an element that DMN does not know."""
    text = Path(whole["file"]).read_text("utf-8")
    file = folder / "faulty.dmn"
    file.write_text(
        text.replace("<decisionTable", "<decisionTabel").replace(
            "</decisionTable", "</decisionTabel"
        ),
        "utf-8",
    )
    return {**whole, "file": str(file)}


def by_schema(files: Sequence[str], *, offline: bool) -> dict[str, list[str]]:
    """Return what the schema finds wrong with each file."""
    printed = run_apart("bench/dmn_tools/schema.py", *files, packages=[SPIFF], offline=offline)
    return dict(json.loads(printed))


def by_pydmnrules(found: Sequence[dict[str, Any]], folder: Path, *, offline: bool) -> list[Any]:
    """Return what pyDMNrules tells everybody of each case."""
    file = folder / "pydmnrules.json"
    file.write_text(json.dumps(found, default=str), "utf-8")
    program = "bench/dmn_tools/pydmnrules.py"
    printed = run_apart(program, str(file), packages=[PYDMNRULES], offline=offline)
    return list(json.loads(printed.splitlines()[-1]))


def by_moddle(found: Sequence[dict[str, Any]], folder: Path, *, offline: bool) -> list[Any]:
    """Return the faults that dmn-moddle finds in each case, and what feelin tells everybody."""
    modules = STATE / "dmn-tools"
    if not shutil.which("npm"):
        raise NotHere("node and npm are not installed")
    if not (modules / "node_modules" / "feelin").exists():
        if offline:
            raise NotHere("dmn-moddle: ./run drill dmn-tools installs it")
        modules.mkdir(parents=True, exist_ok=True)
        (modules / "package.json").write_text('{"private": true}', "utf-8")
        installed = subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *NODE_PACKAGES],
            cwd=modules,
            capture_output=True,
            text=True,
            check=False,
        )
        if installed.returncode:
            raise NotHere(f"dmn-moddle: {installed.stderr.strip()[-300:]}")
    file = folder / "moddle.json"
    file.write_text(json.dumps(found, default=str), "utf-8")
    done = subprocess.run(
        ["node", str(ROOT / "bench/dmn_tools/moddle.mjs"), str(file)],
        cwd=modules,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return list(json.loads(done.stdout))


def differing(case: dict[str, Any], answers: Sequence[Any]) -> int:
    """Return to how many people another tool says something else than we do."""
    if len(answers) != len(case["told"]):
        return len(case["told"])
    return sum(not _same(ours, theirs) for ours, theirs in zip(case["told"], answers, strict=True))


def _same(ours: dict[str, Any], theirs: Any) -> bool:
    if not isinstance(theirs, dict):
        return False
    if len(ours) == 1:
        # Tools name the only output of a table as they like.
        return next(iter(ours.values())) in theirs.values()
    return all(theirs.get(name) == value for name, value in ours.items())


def drill(*, offline: bool = False) -> list[Figure]:
    """Open every table with every tool that can be had; what was found, with the controls."""
    figures = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        found = cases(folder)
        bad = faulty(folder, found[0])
        wrong = {**found[0], "told": [dict.fromkeys(one, "?") for one in found[0]["told"]]}
        files = sorted({case["file"] for case in found})
        asked = sum(len(case["people"]) for case in found)
        figures += [Figure("tables", len(found), ""), Figure("people asked about", asked, "")]
        try:
            faults = by_schema([*files, bad["file"]], offline=offline)
            bad_faults = faults.pop(bad["file"])
            figures += [
                Figure("schema: files it refuses", sum(map(bool, faults.values())), "", "0"),
                Figure("schema, control: the faulty file refused", int(bool(bad_faults)), "", "1"),
            ]
        except NotHere as reason:
            figures.append(Figure(f"schema: not here ({reason})", 0, ""))
        try:
            told = by_moddle([*found, bad], folder, offline=offline)
            last = told.pop()
            unread = sum(bool(one["faults"]) for one in told)
            other = sum(differing(c, t["answers"]) for c, t in zip(found, told, strict=True))
            caught = differing(wrong, told[0]["answers"])
            figures += [
                Figure("dmn-moddle: tables it finds fault with", unread, "", "0"),
                Figure(
                    "dmn-moddle, control: faults of the faulty file",
                    int(bool(last["faults"])),
                    "",
                    "1",
                ),
                Figure("feelin: people told otherwise", other, f"of {asked}", "0"),
                Figure(
                    "feelin, control: wrong answers noticed", caught, f"of {PEOPLE}", f">= {PEOPLE}"
                ),
            ]
        except NotHere as reason:
            figures.append(Figure(f"dmn-moddle: not here ({reason})", 0, ""))
        try:
            answers = by_pydmnrules(found, folder, offline=offline)
            several = single = 0
            for case, told in zip(found, answers, strict=True):
                if len(case["told"][0]) > 1:
                    several += differing(case, told)
                else:
                    single += differing(case, told)
            caught = differing(wrong, answers[0])
            figures += [
                Figure("pyDMNrules, tables of one output: people told otherwise", single, "", "0"),
                # Release 1.4.5 takes one output from one row and the next from another.
                Figure("pyDMNrules, tables of two outputs: people told otherwise", several, ""),
                Figure(
                    "pyDMNrules, control: wrong answers noticed",
                    caught,
                    f"of {PEOPLE}",
                    f">= {PEOPLE}",
                ),
            ]
        except NotHere as reason:
            figures.append(Figure(f"pyDMNrules: not here ({reason})", 0, ""))
    return figures


def main() -> int:
    """Open, compare and tell; 0 if every tool that is here agrees and every control was caught."""
    figures = drill()
    report(figures)
    return 0 if all(map(reached, figures)) else 1


def reached(figure: Figure) -> bool:
    """Tell whether a figure is what its goal says."""
    if figure.goal is None:
        return True
    if figure.goal.startswith(">="):
        return figure.value >= float(figure.goal.removeprefix(">="))
    return figure.value == float(figure.goal)


if __name__ == "__main__":
    sys.exit(main())
