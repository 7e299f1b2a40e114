"""
Reads DMN files with pyDMNrules (MIT), and decides.

Run apart: `pydmnrules.py CASES.json` prints, for each case, what it answers or why it could not.
Annotations are taken off first: release 1.4.5 stumbles over the first it meets.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyDMNrules


def without_annotations(text: str) -> str:
    """Return a model without its annotations, which decide nothing."""
    root = ElementTree.fromstring(text)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.rpartition("}")[2] in ("annotation", "annotationEntry"):
                parent.remove(child)
    ElementTree.register_namespace("", root.tag.removeprefix("{").partition("}")[0])
    return ElementTree.tostring(root, encoding="unicode")


def answers(file: str, people: list[dict[str, Any]]) -> list[Any]:
    """Return what each person is told."""
    model = pyDMNrules.DMN()
    status = model.useXML(without_annotations(Path(file).read_text("utf-8")))
    if status.get("errors"):
        return [{"error": str(status["errors"])}] * len(people)
    told = []
    for person in people:
        status, found = model.decide(person)
        last = found[-1] if isinstance(found, list) else found
        told.append({"error": str(status)} if status.get("errors") else last["Result"])
    return told


if __name__ == "__main__":
    cases = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    print(json.dumps([answers(one["file"], one["people"]) for one in cases], default=str))
