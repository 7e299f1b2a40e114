"""The form inputs of an attribute: ids, names and hints to the browser, as GOV.UK has them."""

from __future__ import annotations

from dataclasses import dataclass

from standpipe.kernel.text import Text
from standpipe.vocabulary.attribute import Attribute

_FIRST_NAME = Text("First name", "Enw cyntaf")
_LAST_NAME = Text("Last name", "Cyfenw")
_DAY, _MONTH, _YEAR = Text("Day", "Diwrnod"), Text("Month", "Mis"), Text("Year", "Blwyddyn")
_LINE_1 = Text("Address line 1", "Llinell cyfeiriad 1")
_LINE_2 = Text("Address line 2 (optional)", "Llinell cyfeiriad 2 (dewisol)")
_TOWN = Text("Town or city", "Tref neu ddinas")
_COUNTY = Text("County (optional)", "Sir (dewisol)")
_POSTCODE = Text("Postcode", "Cod post")

# part of the value: (end of the id, end of the name, label, autocomplete, width in characters)
_PARTS: dict[str, dict[str, tuple[str, str, Text, str | None, int | None]]] = {
    "name": {
        "given": ("first-name", "firstName", _FIRST_NAME, "given-name", None),
        "family": ("last-name", "lastName", _LAST_NAME, "family-name", None),
    },
    "date": {
        "day": ("day", "day", _DAY, None, 2),
        "month": ("month", "month", _MONTH, None, 2),
        "year": ("year", "year", _YEAR, None, 4),
    },
    "address": {
        "line1": ("address-line-1", "addressLine1", _LINE_1, "address-line1", None),
        "line2": ("address-line-2", "addressLine2", _LINE_2, "address-line2", None),
        "town": ("address-town", "addressTown", _TOWN, "address-level2", 20),
        "county": ("address-county", "addressCounty", _COUNTY, None, 20),
        "postcode": ("address-postcode", "addressPostcode", _POSTCODE, "postal-code", 10),
    },
}
_KEYBOARDS = {"whole_number": "numeric", "digits": "numeric", "money": "decimal", "date": "numeric"}
_HTML_TYPES = {"email": "email", "phone": "tel", "mobile": "tel"}
_NOT_SPELLED = {
    "name",
    "email",
    "phone",
    "mobile",
    "national_insurance_number",
    "postcode",
    "digits",
}


@dataclass(frozen=True, slots=True)
class Input:
    """
    One HTML input. `part` is the key within the value ("" where the value is one input).

    `autocomplete` is for the person themselves only: leave it out for any other role.
    """

    part: str
    id: str
    name: str
    label: Text
    html_type: str
    autocomplete: str | None
    keyboard: str | None
    width: int | None
    spellcheck: bool


def inputs_of(attribute: Attribute, *, prefix: str = "") -> tuple[Input, ...]:
    """
    Return the inputs that ask for an attribute, in order.

    `prefix` tells apart two of the same on one page; without it ids and names are GOV.UK's own.
    """
    start = f"{prefix}-" if prefix else ""
    keyboard = _KEYBOARDS.get(attribute.type)
    spellcheck = attribute.type not in _NOT_SPELLED and "name" not in attribute.autocomplete
    parts = _PARTS.get(attribute.type)
    if parts is None:
        return (
            Input(
                part="",
                id=start + attribute.field_id,
                name=start + attribute.field_name,
                label=attribute.ask,
                html_type=_HTML_TYPES.get(attribute.type, "text"),
                autocomplete=attribute.autocomplete[0] if attribute.autocomplete else None,
                keyboard=keyboard,
                width=attribute.width,
                spellcheck=spellcheck,
            ),
        )
    made = []
    for at, (part, (id_end, name, label, autocomplete, width)) in enumerate(parts.items()):
        if attribute.type == "date":
            id_end = f"{attribute.field_id}-{id_end}"
            name = f"{attribute.field_name}-{name}"
            autocomplete = attribute.autocomplete[at] if attribute.autocomplete else None
        made.append(
            Input(
                part=part,
                id=start + id_end,
                name=start + name,
                label=label,
                html_type="text",
                autocomplete=autocomplete,
                keyboard=keyboard,
                width=width,
                spellcheck=spellcheck and attribute.type != "address",
            )
        )
    return tuple(made)


def unknown_input_name(attribute: Attribute, *, prefix: str = "") -> str:
    """Return the name of the tick box "I do not know" beside an input that is not radios."""
    return f"{prefix}-{attribute.field_name}Unknown" if prefix else f"{attribute.field_name}Unknown"
