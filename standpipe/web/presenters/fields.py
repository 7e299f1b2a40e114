"""An attribute as the GOV.UK component that asks for it, with its value and its faults. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from standpipe.applications.choosing import NONE, OTHER, OwnThing, chosen_id, chosen_name
from standpipe.vocabulary.answers import FieldFault, Submitted
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.inputs import Input, inputs_of, unknown_input_name
from standpipe.vocabulary.unknown import UNKNOWN_CODE, is_unknown
from standpipe.web.presenters.own_things import own_items
from standpipe.web.wording import say


@dataclass(frozen=True, slots=True)
class Asked:
    """
    One attribute as it is asked on a page.

    `is_heading` makes its label the page's only heading; `is_own` says that it is about the
    person at the keyboard, whose browser may fill it in. `hint` None means: the attribute's own.
    `things` are what of their own they may choose instead of typing.
    """

    attribute: Attribute
    label: str
    hint: str | None
    required: bool
    is_heading: bool
    is_own: bool
    things: tuple[OwnThing, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """A macro of govuk-frontend-jinja by its short name, and its parameters."""

    name: str
    params: dict[str, Any]


def components(
    asked: Asked, sent: Submitted, faults: Iterable[FieldFault], *, language: str
) -> list[Component]:
    """Return the components that ask for an attribute, holding what was sent or kept before."""
    by_field = {fault.field: fault.message.in_(language) for fault in faults}
    parts = inputs_of(asked.attribute)
    draw = _Drawing(asked, parts, sent, by_field, language)
    made = [draw.component()]
    if asked.attribute.unknown and asked.attribute.type not in ("boolean", "choice", "choices"):
        made.append(draw.unknown_box())
    return made


def sent_from_value(attribute: Attribute, value: Any) -> dict[str, str | list[str]]:
    """Return what a form would have sent for a value that is kept; for showing it again."""
    parts = inputs_of(attribute)
    if value is None:
        return {}
    if is_unknown(value):
        if attribute.type in ("boolean", "choice", "choices"):
            return {parts[0].name: UNKNOWN_CODE}
        return {unknown_input_name(attribute): "yes"}
    if attribute.type == "date":
        year, month, day = value.split("-")
        by_part = {"day": str(int(day)), "month": str(int(month)), "year": year}
        return {part.name: by_part[part.part] for part in parts}
    if attribute.type in ("name", "address"):
        return {part.name: value.get(part.part, "") for part in parts}
    if attribute.type in ("boolean", "declaration"):
        return {parts[0].name: "yes" if value else "no"}
    if attribute.type == "choices":
        return {parts[0].name: list(value)}
    if attribute.type in ("file", "photo"):
        return {}
    return {parts[0].name: str(value)}


@dataclass(frozen=True, slots=True)
class _Drawing:
    asked: Asked
    parts: tuple[Input, ...]
    sent: Submitted
    faults: Mapping[str, str]
    language: str

    def component(self) -> Component:
        if self.asked.things:
            return self._chosen_or_typed()
        match self.asked.attribute.type:
            case "boolean" | "choice":
                return Component("radios", self._options(self._choices()))
            case "choices":
                return Component("checkboxes", self._options(self._choices()))
            case "declaration":
                return self._declaration()
            case "date":
                return self._date()
            case "name" | "address":
                return self._group()
            case "long_text":
                return Component("textarea", {**self._single(), "rows": 6})
            case "file" | "photo":
                return self._file()
            case "money":
                return Component("input", {**self._single(), "prefix": {"text": "£"}})
            case _:
                return Component("input", self._single())

    def unknown_box(self) -> Component:
        """The tick box "I do not know" under an input."""
        attribute = self.asked.attribute
        name = unknown_input_name(attribute)
        label = (attribute.unknown or attribute.label).in_(self.language)
        item = {"value": "yes", "text": label, "checked": bool(self.sent.get(name))}
        params = {"idPrefix": f"{attribute.field_id}-unknown", "name": name, "items": [item]}
        return Component("checkboxes", {**params, "classes": "govuk-checkboxes--small"})

    def _label(self) -> str:
        if self.asked.required:
            return self.asked.label
        return say("common.optional", language=self.language, label=self.asked.label)

    def _legend(self) -> dict[str, Any]:
        heading = self.asked.is_heading
        return {
            "legend": {
                "text": self._label(),
                "isPageHeading": heading,
                "classes": f"govuk-fieldset__legend--{'l' if heading else 'm'}",
            }
        }

    def _hint(self) -> dict[str, Any]:
        hint = self.asked.hint
        if hint is None and self.asked.attribute.hint:
            hint = self.asked.attribute.hint.in_(self.language)
        return {"hint": {"text": hint}} if hint else {}

    def _error(self, *fields: str) -> dict[str, Any]:
        for field in fields:
            if field in self.faults:
                hidden = say("common.error", language=self.language)
                text = self.faults[field]
                return {"errorMessage": {"text": text, "visuallyHiddenText": hidden}}
        return {}

    def _text_of(self, part: Input) -> str:
        value = self.sent.get(part.name, "")
        return value if isinstance(value, str) else ""

    def _single(self) -> dict[str, Any]:
        part = self.parts[0]
        heading = self.asked.is_heading
        return {
            **self._input(part),
            **self._hint(),
            "label": {
                "text": self._label(),
                "isPageHeading": heading,
                "classes": f"govuk-label--{'l' if heading else 's'}",
            },
        }

    def _input(self, part: Input) -> dict[str, Any]:
        params: dict[str, Any] = {
            "id": part.id,
            "name": part.name,
            "value": self._text_of(part),
            "type": part.html_type,
            **self._error(part.id),
        }
        if part.autocomplete and self.asked.is_own:
            params["autocomplete"] = part.autocomplete
        if part.keyboard:
            params["inputmode"] = part.keyboard
        if not part.spellcheck:
            params["spellcheck"] = False
        classes = [f"govuk-input--width-{part.width}"] if part.width else []
        if self.asked.attribute.type in ("national_insurance_number", "digits"):
            classes.append("govuk-input--extra-letter-spacing")
        params["classes"] = " ".join(classes)
        return params

    def _group(self) -> Component:
        inputs = [
            {**self._input(part), "label": {"text": part.label.in_(self.language)}}
            for part in self.parts
        ]
        return Component("group", {"fieldset": self._legend(), **self._hint(), "inputs": inputs})

    def _date(self) -> Component:
        wrong = [part.id for part in self.parts if part.id in self.faults]
        items = []
        for part in self.parts:
            item: dict[str, Any] = {
                "id": part.id,
                "name": part.name,
                "label": part.label.in_(self.language),
                "value": self._text_of(part),
                "classes": f"govuk-input--width-{part.width}"
                + (" govuk-input--error" if part.id in wrong else ""),
            }
            if part.autocomplete and self.asked.is_own:
                item["autocomplete"] = part.autocomplete
            items.append(item)
        return Component(
            "date",
            {
                "id": self.asked.attribute.field_id,
                "fieldset": self._legend(),
                **self._hint(),
                **self._error(*wrong),
                "items": items,
            },
        )

    def _choices(self) -> list[dict[str, Any]]:
        attribute, language = self.asked.attribute, self.language
        items: list[dict[str, Any]] = []
        if attribute.type == "boolean":
            words = partial(say, language=language)
            items = [
                {"value": "yes", "text": words("common.yes")},
                {"value": "no", "text": words("common.no")},
            ]
        divided = False
        for choice in attribute.choices:
            item: dict[str, Any] = {"value": choice.code, "text": choice.label.in_(language)}
            if choice.hint:
                item["hint"] = {"text": choice.hint.in_(language)}
            if choice.exclusive and attribute.type == "choices":
                item["behaviour"] = "exclusive"
            if choice.exclusive and not divided and items:
                items.append({"divider": say("common.or", language=language)})
                divided = True
            items.append(item)
        if attribute.unknown:
            if not divided:
                items.append({"divider": say("common.or", language=language)})
            items.append({"value": UNKNOWN_CODE, "text": attribute.unknown.in_(language)})
        chosen = self.sent.get(self.parts[0].name, [])
        chosen = [chosen] if isinstance(chosen, str) else chosen
        for item in items:
            if item.get("value") in chosen:
                item["checked"] = True
        return items

    def _options(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        part = self.parts[0]
        inline = self.asked.attribute.type == "boolean" and len(items) == 2
        return {
            "idPrefix": part.id,
            "name": part.name,
            "fieldset": self._legend(),
            **self._hint(),
            **self._error(part.id),
            "items": items,
            "classes": "govuk-radios--inline" if inline else "",
        }

    def _chosen_or_typed(self) -> Component:
        attribute, words = self.asked.attribute, partial(say, language=self.language)
        items = own_items(self.asked.things, language=self.language)
        typed, kept = self._single(), self._text_of(self.parts[0])
        typed["label"] = {"text": attribute.label.in_(self.language)}
        chosen = self.sent.get(chosen_name(attribute)) or (
            kept if kept in [one["value"] for one in items] else OTHER if kept else ""
        )
        if chosen != OTHER:
            typed["value"] = ""
        last = [{"value": OTHER, "text": words("question.own.other")}]
        if not self.asked.required:
            last.append({"value": NONE, "text": words("question.own.none")})
        for item in (*items, *last):
            item["checked"] = item["value"] == chosen
        return Component(
            "chosen_or_typed",
            {
                "idPrefix": chosen_id(attribute),
                "name": chosen_name(attribute),
                # "None of these" says already that it can be left out.
                "fieldset": replace(self, asked=replace(self.asked, required=True))._legend(),
                **self._error(chosen_id(attribute)),
                "items": [*items, {"divider": words("common.or")}],
                "last": last,
                "typed": typed,
            },
        )

    def _declaration(self) -> Component:
        part = self.parts[0]
        item = {"value": "yes", "text": self._label(), "checked": self._text_of(part) == "yes"}
        params = {"idPrefix": part.id, "name": part.name, "items": [item]}
        return Component("checkboxes", {**params, **self._hint(), **self._error(part.id)})

    def _file(self) -> Component:
        params = self._single()
        for unused in ("value", "type", "classes", "spellcheck"):
            params.pop(unused, None)
        accept = ",".join(self.asked.attribute.limits.accept)
        return Component("file", {**params, "attributes": {"accept": accept}})
