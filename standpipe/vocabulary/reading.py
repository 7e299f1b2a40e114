"""The vocabulary's files, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from standpipe.kernel.data_files import line_of, read_yaml, schema_faults
from standpipe.kernel.errors import Fault, FaultyFiles
from standpipe.kernel.text import Text
from standpipe.vocabulary.attribute import (
    Attribute,
    Choice,
    Derivation,
    Limits,
    RegistrySource,
    Vocabulary,
)

_SCHEMA = Path(__file__).parent / "schemas" / "vocabulary.json"
_MAX_AGE_DAYS = {"never": None, "years": 1095, "year": 365, "quarter": 92, "month": 31, "event": 0}
_LONGEST = {"text": 200, "long_text": 2000, "digits": 20}
# The LinkML range that stands for each of our types; the others are enums.
_RANGES = {
    "date": "date",
    "whole_number": "integer",
    "money": "decimal",
    "boolean": "boolean",
    "declaration": "boolean",
    "name": "PersonName",
    "address": "Address",
    "file": "Document",
    "photo": "Document",
}
_DOCUMENTS = ("application/pdf", "image/jpeg", "image/png")


def load_vocabulary(
    folder: Path, *, also_accept: Mapping[str, tuple[str, ...]] | None = None
) -> Vocabulary:
    """
    Read every attribute of a folder.

    `also_accept` holds, by type, prefixes that the real rules refuse: a synthetic place's own
    (`place.also_accept`), so that made-up people can apply and no rule is weaker elsewhere.

    :raises FaultyFiles: naming file, line and mend of everything wrong
    """
    faults: list[Fault] = []
    attributes: dict[str, Attribute] = {}
    places: dict[str, tuple[Path, str]] = {}
    for path in sorted(folder.glob("*.yaml")):
        data = _checked(path, faults)
        for name, slot in data.get("slots", {}).items():
            line = str(line_of(data, ["slots", name]))
            if name in attributes:
                message = f"{name} is already in {places[name][0].name}."
                faults.append(Fault(path, line, message, "Keep one of the two."))
                continue
            faults += _slot_faults(path, line, name, slot, data.get("enums", {}))
            attributes[name] = _attribute(name, slot, data.get("enums", {}), also_accept or {})
            places[name] = (path, line)
    faults += _reference_faults(attributes, places)
    if faults:
        raise FaultyFiles(faults)
    return Vocabulary(attributes)


def _checked(path: Path, faults: list[Fault]) -> Mapping[str, Any]:
    try:
        data = read_yaml(path)
    except FaultyFiles as unreadable:
        faults += unreadable.faults
        return {}
    wrong = schema_faults(data, schema=_SCHEMA, path=path)
    faults += wrong
    return {} if wrong else data


def _slot_faults(
    path: Path, line: str, name: str, slot: Mapping[str, Any], enums: Mapping[str, Any]
) -> list[Fault]:
    """What a schema cannot say of one slot: its range fits, and it can be asked or derived."""
    annotations = slot["annotations"]
    kind, given = annotations["type"], slot["range"]
    faults = []
    if kind in ("choice", "choices"):
        if given not in enums:
            mend = f"Add {given} to the enums of this file, or name one of them."
            faults.append(Fault(path, line, f"{name} has the range {given}, no enum.", mend))
    elif given != _RANGES.get(kind, "string"):
        mend = f"Write range: {_RANGES.get(kind, 'string')}."
        faults.append(Fault(path, line, f"{name} is a {kind} with the range {given}.", mend))
    if "ask" not in annotations and "derive" not in annotations:
        mend = "Add annotations.ask with a label, or annotations.derive."
        faults.append(Fault(path, line, f"{name} can neither be asked nor derived.", mend))
    return faults


def _reference_faults(
    attributes: Mapping[str, Attribute], places: Mapping[str, tuple[Path, str]]
) -> list[Fault]:
    faults = []
    for name, attribute in attributes.items():
        named = {*attribute.derives_from, *(m for r in attribute.registries for m in r.match)}
        for other in sorted(named - set(attributes)):
            path, line = places[name]
            message = f"{name} speaks of {other}, which is no attribute."
            faults.append(Fault(path, line, message, "Name an attribute of this folder."))
    return faults


def _attribute(
    name: str,
    slot: Mapping[str, Any],
    enums: Mapping[str, Any],
    also_accept: Mapping[str, tuple[str, ...]],
) -> Attribute:
    annotations = slot["annotations"]
    kind = annotations["type"]
    label = _title(slot)
    ask = annotations.get("ask", {})
    field = annotations.get("field", {})
    words = name.replace("_", ".").split(".")
    derive = annotations.get("derive")
    return Attribute(
        id=name,
        type=kind,
        label=label,
        ask=_text(ask.get("label")) or label,
        ask_other=_text(ask.get("label_other")),
        hint=_text(ask.get("hint")),
        missing=Text.read(annotations["missing"]),
        unknown=_text(annotations.get("unknown")),
        choices=_choices(enums.get(slot["range"])),
        limits=_limits(kind, annotations.get("limits", {})),
        sensitivity=annotations["sensitivity"],
        reuse=annotations["reuse"],
        max_age_days=_MAX_AGE_DAYS[annotations["volatility"]],
        registries=tuple(
            RegistrySource(one["registry"], tuple(one["match"]), one["gateway"])
            for one in annotations.get("registries", ())
        ),
        derivation=Derivation(derive["function"], tuple(derive["from"]), derive.get("argument"))
        if derive
        else None,
        autocomplete=tuple(field.get("autocomplete", ())),
        width=field.get("width"),
        field_id=field.get("id", "-".join(words)),
        field_name=field.get("name", words[0] + "".join(word.title() for word in words[1:])),
        mappings=(*slot.get("exact_mappings", ()), *slot.get("close_mappings", ())),
        description=slot.get("description", ""),
        # A mobile phone is a phone.
        also_accept=tuple(also_accept.get("phone" if kind == "mobile" else kind, ())),
    )


def _text(words: Mapping[str, str] | None) -> Text | None:
    return Text.read(words) if words else None


def _title(words: Mapping[str, str]) -> Text:
    """Read a title; `title_other` and `title_cy_other` speak about somebody else."""
    other = (words.get("title_other", ""), words.get("title_cy_other", ""))
    return Text(words["title"], words["title_cy"], *other)


def _choices(enum: Mapping[str, Any] | None) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            code=code,
            label=_title(value),
            hint=_text(value.get("hint")),
            exclusive=value.get("exclusive", False),
        )
        for code, value in (enum["permissible_values"] if enum else {}).items()
    )


def _limits(kind: str, given: Mapping[str, Any]) -> Limits:
    images = ("image/jpeg", "image/png")
    return Limits(
        shortest=given.get("shortest", 1),
        longest=given.get("longest", _LONGEST.get(kind, 200)),
        smallest=given.get("smallest", 0),
        largest=given.get("largest", 1_000_000_000),
        tense=given.get("tense", "any"),
        accept=tuple(given.get("accept", images if kind == "photo" else _DOCUMENTS)),
        largest_megabytes=given.get("largest_megabytes", 10),
    )
