"""Each type's value: brought into its one form and checked, whoever sent it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from standpipe.vocabulary import numbers, people
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.cleaning import clean, sized
from standpipe.vocabulary.fault_texts import fault_text
from standpipe.vocabulary.part_faults import PartFault, PartFaults, wrong_shape

_EARLIEST = date(1900, 1, 1)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEGABYTE = 1024 * 1024


def settle(attribute: Attribute, value: object, *, on: date) -> tuple[Any, list[PartFault]]:
    """
    Return a JSON value in its one form, and what is wrong with it; None is "answered: none".

    A value with faults must not be kept.
    """
    try:
        return _SETTLERS[attribute.type](attribute, value, on), []
    except PartFaults as several:
        return None, several.faults
    except PartFault as fault:
        return None, [fault]


def _text(attribute: Attribute, value: object, on: date) -> str:
    return sized(attribute, clean(attribute, value))


def _long_text(attribute: Attribute, value: object, on: date) -> str:
    return sized(attribute, clean(attribute, value, lines=True))


def _digits(attribute: Attribute, value: object, on: date) -> str:
    text = re.sub(r"[\s–-]", "", clean(attribute, value))
    limits = attribute.limits
    if not text:
        raise PartFault("", attribute.missing)
    if not re.fullmatch(rf"[0-9]{{{limits.shortest},{limits.longest}}}", text):
        name = "digits_exactly" if limits.shortest == limits.longest else "digits"
        words = {"limit": limits.longest, "smallest": limits.shortest}
        raise PartFault("", fault_text(name, label=attribute.label, **words))
    return text


def _date(attribute: Attribute, value: object, on: date) -> str:
    try:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            raise ValueError(value)
        day = date.fromisoformat(value)
    except ValueError:
        raise PartFault("", fault_text("date_unreal", label=attribute.label)) from None
    tense = attribute.limits.tense
    wrong = {
        "past": day >= on,
        "past_or_today": day > on,
        "future_or_today": day < on,
        "any": False,
    }
    if wrong[tense]:
        raise PartFault("", fault_text(tense, label=attribute.label))
    if day < _EARLIEST:
        raise PartFault("", fault_text("date_early", label=attribute.label))
    return day.isoformat()


def _boolean(attribute: Attribute, value: object, on: date) -> bool:
    if not isinstance(value, bool):
        raise PartFault("", attribute.missing)
    return value


def _declaration(attribute: Attribute, value: object, on: date) -> bool:
    if value is not True:
        raise PartFault("", attribute.missing)
    return True


def _choice(attribute: Attribute, value: object, on: date) -> str:
    if value in ("", None):
        raise PartFault("", attribute.missing)
    if not isinstance(value, str) or value not in {choice.code for choice in attribute.choices}:
        raise PartFault("", fault_text("choice", label=attribute.label))
    return value


def _choices(attribute: Attribute, value: object, on: date) -> list[str]:
    if not isinstance(value, list | tuple):
        raise wrong_shape(attribute)
    codes = [_choice(attribute, code, on) for code in value]
    if not codes:
        raise PartFault("", attribute.missing)
    # Once each, in the vocabulary's order, so that equal answers are equal values.
    chosen = [choice for choice in attribute.choices if choice.code in codes]
    alone = next((choice for choice in chosen if choice.exclusive), None)
    if alone and len(chosen) > 1:
        text = fault_text("exclusive", label=attribute.label, exclusive=alone.label)
        raise PartFault("", text)
    return [choice.code for choice in chosen]


def _file(attribute: Attribute, value: object, on: date) -> dict[str, Any]:
    if value in ("", None):
        raise PartFault("", attribute.missing)
    shape = {"document": str, "name": str, "media_type": str, "size": int, "sha256": str}
    if (
        not isinstance(value, Mapping)
        or set(value) != set(shape)
        or not all(isinstance(value[key], kind) for key, kind in shape.items())
        or not _SHA256.fullmatch(value["sha256"])
    ):
        raise wrong_shape(attribute)
    limits = attribute.limits
    if value["media_type"] not in limits.accept:
        accept = ", ".join(kind.split("/")[1].upper() for kind in limits.accept)
        raise PartFault("", fault_text("file_type", accept=accept))
    if not 0 < value["size"] <= limits.largest_megabytes * _MEGABYTE:
        raise PartFault("", fault_text("file_size", limit=limits.largest_megabytes))
    return dict(value)


_SETTLERS: dict[str, Callable[[Attribute, object, date], Any]] = {
    "text": _text,
    "long_text": _long_text,
    "digits": _digits,
    "name": people.name,
    "address": people.address,
    "date": _date,
    "whole_number": numbers.whole_number,
    "money": numbers.money,
    "boolean": _boolean,
    "declaration": _declaration,
    "choice": _choice,
    "choices": _choices,
    "email": people.email,
    "phone": people.phone,
    "mobile": people.mobile,
    "national_insurance_number": people.national_insurance_number,
    "postcode": people.postcode,
    "file": _file,
    "photo": _file,
}
