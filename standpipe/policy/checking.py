"""Whether a draft could be published: every fault, every gap, every example. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpipe import dmn
from standpipe.eligibility.deciding import decide
from standpipe.eligibility.rules import Known, Unanswered
from standpipe.eligibility.working_out import WorkingOut, as_json
from standpipe.kernel.canonical import canonical_json, digest
from standpipe.kernel.errors import Fault
from standpipe.packs.assembly import assemble
from standpipe.packs.example import Example
from standpipe.packs.example_run import FailedExample, run_examples
from standpipe.packs.pack import NoRulesInForce, ServicePack
from standpipe.packs.source import Source
from standpipe.places.place import Place
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.unknown import DOES_NOT_KNOW


@dataclass(frozen=True, slots=True)
class Checked:
    """
    What is wrong with the files of a pack.

    `holes` are the gaps, overlaps, idle rows and rows without law; `others` what is wrong outside
    its tables. `pack` is None while a table cannot even be read. It may be made in spite of
    faults: only one that is `ready` may decide anything.
    """

    pack: ServicePack | None
    holes: tuple[dmn.Fault, ...]
    others: tuple[Fault, ...]
    failed: tuple[FailedExample, ...]
    examples: int

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of publishing it."""
        return self.pack is not None and not (self.holes or self.others or self.failed)


def check(name: str, files: Mapping[str, str], *, vocabulary: Vocabulary, place: Place) -> Checked:
    """Check the files of a pack as they would be published."""
    source = Source(files, root=Path(name), overlay=None, nation=place.nation)
    if source.faults:
        return Checked(None, (), tuple(source.faults), (), 0)
    sha256 = digest(canonical_json(dict(files)))
    pack = assemble(name, source, sha256=sha256, vocabulary=vocabulary, place=place)
    holes: list[dmn.Fault] = []
    for path in sorted(one for one in files if one.endswith(".dmn")):
        faults, lint = table_faults(files[path], path)
        holes += [*faults, *lint]
        if faults:
            pack = None
    others = tuple(fault for fault in source.faults if fault.path.suffix != ".dmn")
    if pack is None:
        return Checked(None, tuple(holes), others, (), 0)
    try:
        report = run_examples(pack)
    except dmn.RowsDisagree:
        # The overlap that it found stands among the holes, with its rows.
        return Checked(pack, tuple(holes), others, (), 0)
    ran = len(report.passed) + len(report.failed)
    return Checked(pack, tuple(holes), others, report.failed, ran)


def table_faults(text: str, file: str) -> tuple[list[dmn.Fault], list[dmn.Fault]]:
    """Return what keeps a file from being read, by cell, and what it gets wrong if it can be."""
    try:
        return [], dmn.lint(dmn.load(text.encode(), file))
    except dmn.FaultyModel as faulty:
        return faulty.faults, []


@dataclass(frozen=True, slots=True)
class Result:
    """
    What the rules now say of an example, in the words of its expectation.

    `answers` are to what now matters and its person was never asked: no, none, or not known.
    """

    expect: Mapping[str, Any]
    answers: Mapping[str, Any]


def result_of(example: Example, pack: ServicePack) -> Result | None:
    """Return what the rules now say of an example; None where rows contradict each other."""
    known = {need: Known(value, "told") for need, value in example.known.items()}
    known |= {need: Known(value, "registry") for need, value in example.registry.items()}
    answers: dict[str, Any] = {}
    try:
        rules = pack.rules(example.on)
        while True:
            try:
                decided = decide(rules, known)
                break
            except Unanswered as left:
                more = {need: _least(pack.vocabulary, need) for need in left.needs}
                answers |= more
                known |= {need: Known(value, "told") for need, value in more.items()}
        work = WorkingOut(rules, known)
        steps = {
            step.id: step.decision.decide(work.facts(step)).values
            for step in rules.steps
            if step.id in example.steps
        }
    except (NoRulesInForce, dmn.RowsDisagree, dmn.MissingFacts):
        return None
    said: dict[str, Any] = {"outcome": decided.outcome}
    if example.ground is not None:
        said["ground"] = decided.outputs.get("ground")
    if example.row is not None:
        said["row"] = decided.steps[0].row_id if decided.steps else None
    if decided.undecided or example.undecided:
        said["undecided"] = decided.undecided
    if steps:
        said["steps"] = {
            name: {output: as_json(steps[name][output]) for output in example.steps[name]}
            for name in steps
        }
    return Result(said, answers)


def _least(vocabulary: Vocabulary, need: str) -> Any:
    """Return the answer that claims least: no, none, or that the person does not know."""
    attribute = vocabulary[Need.parse(need).attribute]
    codes = [choice.code for choice in attribute.choices]
    if attribute.type == "boolean":
        return False
    if "none" in codes:
        return ["none"] if attribute.type == "choices" else "none"
    if attribute.unknown is None and codes:
        return codes[:1] if attribute.type == "choices" else codes[0]
    return dict(DOES_NOT_KNOW)
