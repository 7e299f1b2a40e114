"""Each type's value: brought into its one form and checked, whoever sent it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers

from standpipe.kernel.text import Text
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.fault_texts import fault_text

# GOV.UK Forms' own rule: two letters HMRC issues, six digits, A to D.
_NATIONAL_INSURANCE = re.compile(
    r"(?!BG|GB|NK|KN|TN|NT|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][0-9]{6}[A-D]"
)
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2}")
_EMAIL = re.compile(r"[^\s@,;:\"<>()\[\]\\]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,63}")
_LONGEST_EMAIL = 254
_LONGEST_PART = 100
_EARLIEST = date(1900, 1, 1)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEGABYTE = 1024 * 1024


class PartFault(Exception):
    """What is wrong with one part of a value; part "" is the whole."""

    def __init__(self, part: str, message: Text) -> None:
        super().__init__(part, message)
        self.part = part
        self.message = message


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


class PartFaults(Exception):
    """Several parts are wrong at once."""

    def __init__(self, faults: list[PartFault]) -> None:
        super().__init__(str(faults))
        self.faults = faults


def _wrong_shape(attribute: Attribute, part: str = "") -> PartFault:
    return PartFault(part, fault_text("wrong_shape", label=attribute.label))


def _clean(attribute: Attribute, value: object, *, part: str = "", lines: bool = False) -> str:
    """Return a text without stray spaces; refuse what cannot be printed or kept, never cut."""
    if not isinstance(value, str):
        raise _wrong_shape(attribute, part)
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    allowed = "\n\t" if lines else "\t"
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in allowed for sign in text):
        raise PartFault(part, fault_text("characters", label=attribute.label))
    return text.strip() if lines else " ".join(text.split())


def _sized(attribute: Attribute, text: str) -> str:
    limits = attribute.limits
    if not text:
        raise PartFault("", attribute.missing)
    if len(text) > limits.longest:
        raise PartFault("", fault_text("too_long", label=attribute.label, limit=limits.longest))
    if len(text) < limits.shortest:
        raise PartFault("", fault_text("too_short", label=attribute.label, limit=limits.shortest))
    return text


def _text(attribute: Attribute, value: object, on: date) -> str:
    return _sized(attribute, _clean(attribute, value))


def _long_text(attribute: Attribute, value: object, on: date) -> str:
    return _sized(attribute, _clean(attribute, value, lines=True))


def _digits(attribute: Attribute, value: object, on: date) -> str:
    text = re.sub(r"[\s–-]", "", _clean(attribute, value))
    limits = attribute.limits
    if not text:
        raise PartFault("", attribute.missing)
    if not re.fullmatch(rf"[0-9]{{{limits.shortest},{limits.longest}}}", text):
        name = "digits_exactly" if limits.shortest == limits.longest else "digits"
        words = {"limit": limits.longest, "smallest": limits.shortest}
        raise PartFault("", fault_text(name, label=attribute.label, **words))
    return text


def _parts(
    attribute: Attribute, value: object, *, known: Sequence[str], required: Mapping[str, Text]
) -> dict[str, str]:
    """Clean every part of a value of several; all faults at once."""
    if not isinstance(value, Mapping) or not all(part in known for part in value):
        raise _wrong_shape(attribute)
    cleaned: dict[str, str] = {}
    faults = []
    for part in value:
        try:
            cleaned[part] = _clean(attribute, value[part] or "", part=part)
        except PartFault as fault:
            faults.append(fault)
        if len(cleaned.get(part, "")) > _LONGEST_PART:
            text = fault_text("too_long", label=attribute.label, limit=_LONGEST_PART)
            faults.append(PartFault(part, text))
    faulty = {fault.part for fault in faults}
    faults += [
        PartFault(part, text)
        for part, text in required.items()
        if not cleaned.get(part) and part not in faulty
    ]
    if faults:
        raise PartFaults(faults)
    return cleaned


def _name(attribute: Attribute, value: object, on: date) -> dict[str, str]:
    required = {"given": fault_text("first_name"), "family": fault_text("last_name")}
    parts = _parts(attribute, value, known=("given", "family"), required=required)
    return {"given": parts["given"], "family": parts["family"]}


def _address(attribute: Attribute, value: object, on: date) -> dict[str, str]:
    required = {name: fault_text(name) for name in ("line1", "town", "postcode")}
    known = ("uprn", "line1", "line2", "town", "county", "postcode")
    parts = _parts(attribute, value, known=known, required=required)
    try:
        postcode = _postcode_text(parts["postcode"])
    except PartFault as fault:
        raise PartFault("postcode", fault.message) from None
    uprn = parts.get("uprn", "")
    if not re.fullmatch("[0-9]{0,12}", uprn):
        raise PartFault("uprn", fault_text("uprn"))
    names = ("line1", "line2", "town", "county")
    return {"uprn": uprn, **{name: parts.get(name, "") for name in names}, "postcode": postcode}


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


def _in_range(attribute: Attribute, number: int | Decimal) -> None:
    limits = attribute.limits
    if not limits.smallest <= number <= limits.largest:
        words = {"smallest": f"{limits.smallest:,}", "largest": f"{limits.largest:,}"}
        raise PartFault("", fault_text("range", label=attribute.label, **words))


def _whole_number(attribute: Attribute, value: object, on: date) -> int:
    if isinstance(value, str):
        text = re.sub(r"[\s,]", "", _clean(attribute, value))
        if not text:
            raise PartFault("", attribute.missing)
        # Nobody means a number of more digits; and int() of very many takes very long.
        value = int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else None
    if isinstance(value, bool) or not isinstance(value, int):
        raise PartFault("", fault_text("number", label=attribute.label))
    _in_range(attribute, value)
    return value


def _money(attribute: Attribute, value: object, on: date) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**18 else "too much"
    text = re.sub(r"[\s,£]", "", _clean(attribute, value))
    if not text:
        raise PartFault("", attribute.missing)
    try:
        if not re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,2})?", text):
            raise InvalidOperation
        amount = Decimal(text)
    except InvalidOperation:
        raise PartFault("", fault_text("money", label=attribute.label)) from None
    _in_range(attribute, amount)
    return f"{amount:.2f}"


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
        raise _wrong_shape(attribute)
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


def _email(attribute: Attribute, value: object, on: date) -> str:
    text = re.sub(r"\s", "", _clean(attribute, value))
    if not text:
        raise PartFault("", attribute.missing)
    if len(text) > _LONGEST_EMAIL:
        raise PartFault("", fault_text("too_long", label=attribute.label, limit=_LONGEST_EMAIL))
    if not _EMAIL.fullmatch(text) or ".." in text or text.startswith(".") or ".@" in text:
        raise PartFault("", fault_text("email"))
    return text


def _phone(attribute: Attribute, value: object, on: date) -> str:
    text = _clean(attribute, value)
    if not text:
        raise PartFault("", attribute.missing)
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        raise PartFault("", fault_text("phone")) from None
    international = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    allowed = attribute.also_accept
    if not phonenumbers.is_valid_number(number) and not (
        phonenumbers.is_possible_number(number) and international.startswith(allowed)
    ):
        raise PartFault("", fault_text("phone"))
    # Kept as typed: nobody should have to recognise their own number in another form.
    return text


def _national_insurance_number(attribute: Attribute, value: object, on: date) -> str:
    text = re.sub(r"[^0-9A-Z]", "", _clean(attribute, value).upper())
    if not text:
        raise PartFault("", attribute.missing)
    made_up = text.startswith(attribute.also_accept) and re.fullmatch("[A-Z]{2}[0-9]{6}[A-D]", text)
    if not made_up and not _NATIONAL_INSURANCE.fullmatch(text):
        raise PartFault("", fault_text("national_insurance_number"))
    return text


def _postcode(attribute: Attribute, value: object, on: date) -> str:
    text = _clean(attribute, value)
    if not text:
        raise PartFault("", attribute.missing)
    return _postcode_text(text)


def _postcode_text(text: str) -> str:
    compact = re.sub(r"[^0-9A-Z]", "", text.upper())
    if not _POSTCODE.fullmatch(compact):
        raise PartFault("", fault_text("postcode_wrong"))
    return f"{compact[:-3]} {compact[-3:]}"


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
        raise _wrong_shape(attribute)
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
    "name": _name,
    "address": _address,
    "date": _date,
    "whole_number": _whole_number,
    "money": _money,
    "boolean": _boolean,
    "declaration": _declaration,
    "choice": _choice,
    "choices": _choices,
    "email": _email,
    "phone": _phone,
    "national_insurance_number": _national_insurance_number,
    "postcode": _postcode,
    "file": _file,
    "photo": _file,
}
