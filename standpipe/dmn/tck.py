"""Runs folders of the DMN Technology Compatibility Kit: `python -m standpipe.dmn.tck FOLDER`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from standpipe.dmn.faults import FaultyModel
from standpipe.dmn.feel.calendar import Date
from standpipe.dmn.feel.clock import DateTime, Time
from standpipe.dmn.feel.durations import parse_duration
from standpipe.dmn.feel.functions.conversion import text_of
from standpipe.dmn.feel.names import normal_name
from standpipe.dmn.feel.values import equal
from standpipe.dmn.full.model import FullModel, Key

_TYPE: Final = "{http://www.w3.org/2001/XMLSchema-instance}type"
_NIL: Final = "{http://www.w3.org/2001/XMLSchema-instance}nil"
# The kit compares numbers with this tolerance, since some results are roots and logarithms.
_TOLERANCE: Final = Decimal("1e-8")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case; `expects_null` if it only asks for nothing or an error."""

    folder: str
    file: str
    case: str
    passed: bool
    expects_null: bool
    comment: str

    @property
    def name(self) -> str:
        """The case, as a line in a list of cases."""
        return f"{self.folder}/{self.file}/{self.case}"


def run(folder: Path) -> Iterator[Result]:
    """Yield the result of every case in the test files under a folder."""
    for file in sorted(folder.rglob("*.xml")):
        try:
            root = _plain(fromstring(file.read_bytes(), forbid_dtd=True))
        except (ParseError, DefusedXmlException, ValueError):
            continue  # Other files than tests may lie there.
        if root.tag == "testCases":
            yield from _run_file(file, root)


def _plain(root: Element) -> Element:
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root


def _run_file(file: Path, root: Element) -> Iterator[Result]:
    model: FullModel | None = None
    trouble = ""
    try:
        model = _load(file, (root.findtext("modelName") or "").strip())
    except (FaultyModel, OSError) as error:
        trouble = str(error)
    for case in root.findall("testCase"):
        results = case.findall("resultNode")
        expects_null = all(_expected(node) is None for node in results)
        try:
            comment = trouble if model is None else _run_case(model, case)
        except Exception as error:  # A fault of ours fails its case, and not the whole run.
            comment = f"broke: {type(error).__name__}: {error}"
        yield Result(
            folder=file.parent.name,
            file=file.stem,
            case=case.get("id", ""),
            passed=not comment,
            expects_null=expects_null,
            comment=comment,
        )


def _load(file: Path, name: str) -> FullModel:
    path = file.parent / Path(name).name
    others: dict[str, Path] = {}
    for other in sorted(file.parent.glob("*.dmn")):
        others[str(fromstring(other.read_bytes(), forbid_dtd=True).get("namespace"))] = other

    return FullModel(
        path.read_bytes(), path.name, imports=lambda namespace: others[namespace].read_bytes()
    )


def _run_case(model: FullModel, case: Element) -> str:
    """Return why a case fails; an empty text if it passes."""
    kind = case.get("type", "decision")
    given = {
        (node.get("name", ""), node.get("namespace")): _value(node)
        for node in case.findall("inputNode")
    }
    at = datetime.now(UTC)
    troubles = []
    results = case.findall("resultNode")
    for node in results:
        if kind == "decision" or not case.get("invocableName"):
            actual, notes = _decide(model, node.get("name", ""), given, at)
        else:
            actual, notes = _invoke(model, case.get("invocableName", ""), given, at)
            if isinstance(actual, dict) and node.get("name") in actual and len(results) > 1:
                # A service with several outputs, each expected by its own name.
                actual = actual[node.get("name")]
        expected = _expected(node)
        if not same(actual, expected):
            troubles.append(
                f"{node.get('name')}: expected {_show(expected)}, got {_show(actual)}"
                + (f" ({notes[-1]})" if notes else "")
            )
    return "; ".join(troubles)


def _decide(
    model: FullModel, name: str, given: dict[tuple[str, str | None], Any], at: datetime
) -> tuple[Any, list[str]]:
    inputs: dict[Key, Any] = {}
    found: dict[Key, Any] = {}
    for (input_name, namespace), value in given.items():
        key = model.key(input_name, "inputData", namespace=namespace)
        if key is not None:
            inputs[key] = value
            continue
        # A case may also say what a decision gives.
        key = model.key(input_name, "decision", namespace=namespace)
        if key is not None:
            found[key] = value
    run_ = model.evaluation(inputs, at=at)
    run_.found |= found
    key = model.key(name, "decision", "decisionService", "businessKnowledgeModel", "inputData")
    if key is None:
        return None, [f"there is no decision {name!r}"]
    return model.evaluate(key, run_), run_.watch.notes


def _invoke(
    model: FullModel, name: str, given: dict[tuple[str, str | None], Any], at: datetime
) -> tuple[Any, list[str]]:
    key = model.key(name, "decisionService", "businessKnowledgeModel")
    if key is None:
        return None, [f"there is nothing to call {name!r}"]
    run_ = model.evaluation(at=at)
    value = model.invoke(key, {input_name: value for (input_name, _), value in given.items()}, run_)
    return value, run_.watch.notes


def _expected(node: Element) -> Any:
    expected = node.find("expected")
    return None if expected is None else _value(expected)


def _value(node: Element) -> Any:
    """Return what a value, list or set of components says."""
    if node.get(_NIL) == "true":
        return None
    components = node.findall("component")
    if components:
        return {normal_name(one.get("name", "")): _value(one) for one in components}
    listed = node.find("list")
    if listed is not None:
        return [_value(item) for item in listed.findall("item")]
    value = node.find("value")
    if value is None or value.get(_NIL) == "true":
        return None
    return _typed("".join(value.itertext()), (value.get(_TYPE) or "").rpartition(":")[2])


def _typed(text: str, kind: str) -> Any:
    try:
        match kind:
            case "decimal" | "double" | "integer" | "int" | "long" | "float":
                return Decimal(text.strip())
            case "boolean":
                return text.strip() in ("true", "1")
            case "date":
                return Date.parse(text.strip())
            case "time":
                return Time.parse(text.strip())
            case "dateTime":
                return DateTime.parse(text.strip())
            case "duration":
                return parse_duration(text.strip())
    except (ValueError, ArithmeticError):
        return text
    return text


def same(actual: Any, expected: Any) -> bool:
    """Tell whether a result is what was expected, numbers within the kit's tolerance."""
    if isinstance(actual, Decimal) and isinstance(expected, Decimal):
        return abs(actual - expected) <= _TOLERANCE
    if isinstance(actual, list) and isinstance(expected, list):
        return len(actual) == len(expected) and all(map(same, actual, expected))
    if isinstance(actual, dict) and isinstance(expected, dict):
        return actual.keys() == expected.keys() and all(
            same(actual[key], expected[key]) for key in actual
        )
    return equal(actual, expected) is True


def _show(value: Any) -> str:
    return text_of(value, within=True)[:200]


def summary(results: list[Result]) -> dict[str, int]:
    """Count cases and passes, and the same of those that expect more than null."""
    telling = [result for result in results if not result.expects_null]
    return {
        "cases": len(results),
        "passed": sum(result.passed for result in results),
        "non_null_cases": len(telling),
        "non_null_passed": sum(result.passed for result in telling),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the kit from the command line; 0 if every case passed."""
    parser = argparse.ArgumentParser(prog="standpipe dmn tck", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print results as JSON")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    results = list(run(options.folder))
    counts = summary(results)
    if options.json:
        cases = [
            {"case": result.name, "passed": result.passed, "comment": result.comment}
            for result in results
        ]
        sys.stdout.write(json.dumps({"summary": counts, "cases": cases}, indent=1) + "\n")
    else:
        for result in results:
            if not result.passed:
                sys.stdout.write(f"FAILED {result.name}: {result.comment}\n")
        sys.stdout.write(
            f"{counts['passed']} of {counts['cases']} cases passed; of the "
            f"{counts['non_null_cases']} that expect more than null, {counts['non_null_passed']}.\n"
        )
    return 0 if counts["passed"] == counts["cases"] else 1


if __name__ == "__main__":
    sys.exit(main())
