"""Writing into the YAML of a pack: a fee, an expected result, a version; comments stay. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from standpipe.packs.source import OVERLAY

FEES = "rules/fees.yaml"
SERVICE = "service.yaml"
_VERSION = re.compile(r"^version:\s*\S+", re.MULTILINE)


class NoFees(LookupError):
    """The pack charges nothing, and says nothing of what it could charge."""


def fees_file(files: Mapping[str, str]) -> str:
    """
    Return the file whose fees are in force: the place's own, where it sets them.

    :raises NoFees: if there is none
    """
    overlay = _read(files[OVERLAY]) if OVERLAY in files else {}
    if "amounts" in (overlay.get("fees") or {}):
        return OVERLAY
    if FEES in files:
        return FEES
    raise NoFees


def with_fee(
    files: Mapping[str, str],
    *,
    nation: str,
    since: date,
    amount_pence: int,
    law: str,
    refundable: bool,
) -> tuple[str, str]:
    """
    Return the file of the fees and its text, with a fee from a day on; one of that day goes.

    Where amounts are said for each nation, that of another nation stays as it is; so do those that
    only some pay.
    """
    path = fees_file(files)
    data = _read(files[path])
    amounts = (data["fees"] if path == OVERLAY else data)["amounts"]
    fee = {"from": since, "amount_pence": amount_pence, "law": law, "refundable": refundable}
    same = [
        one
        for one in amounts
        if "when" not in one
        and str(one["from"]) == since.isoformat()
        and nation in one.get("nations", [nation])
    ]
    if same and len(same[0].get("nations", ())) <= 1:
        same[0].update(fee)
        return path, _written(data)
    if same:
        same[0]["nations"].remove(nation)
    by_nation = any("nations" in one for one in amounts)
    amounts.append({"nations": [nation], **fee} if by_nation else fee)
    return path, _written(data)


def with_expectation(
    text: str, situation: str, expect: Mapping[str, Any], *, answers: Mapping[str, Any]
) -> str:
    """
    Return a file of examples in which one situation is expected to end otherwise.

    `answers` join what its person told. None takes an expectation away.
    """
    data = _read(text)
    for one in data["examples"]:
        if one["situation"] == situation:
            one["known"].update(answers)
            for name, value in expect.items():
                if isinstance(value, Mapping) and name in one["expect"]:
                    for step, outputs in value.items():
                        one["expect"][name][step].update(outputs)
                elif value is None:
                    one["expect"].pop(name, None)
                else:
                    one["expect"][name] = value
    return _written(data)


def with_version(text: str, version: str) -> str:
    """Return service.yaml with another version."""
    return _VERSION.sub(f"version: {version}", text, count=1)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _read(text: str) -> Any:
    return _yaml().load(text)


def _written(data: Any) -> str:
    written = StringIO()
    _yaml().dump(data, written)
    return written.getvalue()
