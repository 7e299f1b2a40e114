"""Values that name a person, or say how they are reached."""

from __future__ import annotations

import re
from datetime import date

import phonenumbers

from standpipe.kernel.text import Text
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.cleaning import clean, clean_parts
from standpipe.vocabulary.fault_texts import fault_text
from standpipe.vocabulary.part_faults import PartFault

# GOV.UK Forms' own rule: two letters HMRC issues, six digits, A to D.
_NATIONAL_INSURANCE = re.compile(
    r"(?!BG|GB|NK|KN|TN|NT|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][0-9]{6}[A-D]"
)
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2}")
_EMAIL = re.compile(r"[^\s@,;:\"<>()\[\]\\]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,63}")
_LONGEST_EMAIL = 254


def name(attribute: Attribute, value: object, on: date) -> dict[str, str]:
    """Settle a first and a last name."""
    required = {"given": fault_text("first_name"), "family": fault_text("last_name")}
    parts = clean_parts(attribute, value, known=("given", "family"), required=required)
    return {"given": parts["given"], "family": parts["family"]}


def address(attribute: Attribute, value: object, on: date) -> dict[str, str]:
    """Settle an address; its postcode in capitals with one space."""
    required = {name: fault_text(name) for name in ("line1", "town", "postcode")}
    known = ("uprn", "line1", "line2", "town", "county", "postcode")
    parts = clean_parts(attribute, value, known=known, required=required)
    try:
        code = _postcode_text(parts["postcode"])
    except PartFault as fault:
        raise PartFault("postcode", fault.message) from None
    uprn = parts.get("uprn", "")
    if not re.fullmatch("[0-9]{0,12}", uprn):
        raise PartFault("uprn", fault_text("uprn"))
    names = ("line1", "line2", "town", "county")
    return {"uprn": uprn, **{name: parts.get(name, "") for name in names}, "postcode": code}


def email(attribute: Attribute, value: object, on: date) -> str:
    """Settle an e-mail address."""
    text = re.sub(r"\s", "", clean(attribute, value))
    if not text:
        raise PartFault("", attribute.missing)
    if len(text) > _LONGEST_EMAIL:
        raise PartFault("", fault_text("too_long", label=attribute.label, limit=_LONGEST_EMAIL))
    if not _EMAIL.fullmatch(text) or ".." in text or text.startswith(".") or ".@" in text:
        raise PartFault("", fault_text("email"))
    return text


def phone(attribute: Attribute, value: object, on: date) -> str:
    """Settle a phone number, kept as typed."""
    return _number(attribute, value, fault=fault_text("phone"))


def mobile(attribute: Attribute, value: object, on: date) -> str:
    """Settle a phone number that takes text messages, kept as typed."""
    text = _number(attribute, value, fault=fault_text("mobile"))
    if not takes_texts(text):
        raise PartFault("", fault_text("mobile"))
    return text


def takes_texts(number: str) -> bool:
    """Say whether text messages reach a phone number; what was not settled is none."""
    try:
        plain = dialled(number)
    except phonenumbers.NumberParseException:
        return False
    if plain.startswith("+44"):
        # Personal numbers (070) and pagers (076) begin like mobile phones; those of the Isle of
        # Man (07624) are mobile phones.
        is_other = plain.startswith(("+4470", "+4476")) and not plain.startswith("+447624")
        return plain.startswith("+447") and not is_other
    kind = phonenumbers.number_type(phonenumbers.parse(plain))
    return kind in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


def dialled(number: str) -> str:
    """Return a phone number that was settled as it is dialled from anywhere (E.164)."""
    parsed = phonenumbers.parse(number, "GB")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _number(attribute: Attribute, value: object, *, fault: Text) -> str:
    text = clean(attribute, value)
    if not text:
        raise PartFault("", attribute.missing)
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        raise PartFault("", fault) from None
    allowed = attribute.also_accept
    if not phonenumbers.is_valid_number(number) and not (
        phonenumbers.is_possible_number(number) and dialled(text).startswith(allowed)
    ):
        raise PartFault("", fault)
    # Kept as typed: nobody should have to recognise their own number in another form.
    return text


def national_insurance_number(attribute: Attribute, value: object, on: date) -> str:
    """Settle a National Insurance number, kept without spaces."""
    text = re.sub(r"[^0-9A-Z]", "", clean(attribute, value).upper())
    if not text:
        raise PartFault("", attribute.missing)
    made_up = text.startswith(attribute.also_accept) and re.fullmatch("[A-Z]{2}[0-9]{6}[A-D]", text)
    if not made_up and not _NATIONAL_INSURANCE.fullmatch(text):
        raise PartFault("", fault_text("national_insurance_number"))
    return text


def postcode(attribute: Attribute, value: object, on: date) -> str:
    """Settle a postcode, in capitals with one space."""
    text = clean(attribute, value)
    if not text:
        raise PartFault("", attribute.missing)
    return _postcode_text(text)


def _postcode_text(text: str) -> str:
    compact = re.sub(r"[^0-9A-Z]", "", text.upper())
    if not _POSTCODE.fullmatch(compact):
        raise PartFault("", fault_text("postcode_wrong"))
    return f"{compact[:-3]} {compact[-3:]}"
