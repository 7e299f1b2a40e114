"""Puts pages of allauth into the frame that all other pages have."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

from django import template
from django.forms import BoundField
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from standpipe.web import wording
from standpipe.web.rendering import home_organisation, language_of, rendered

register = template.Library()

# What the browser offers by itself; the page says it in its own words, and so does the server.
BROWSER_CHECKS = ("required", "placeholder", "maxlength", "minlength")


class FrameNode(template.Node):
    """What stands between {% frame %} and {% endframe %}: a title, then the page."""

    child_nodelists = ("title", "body")

    def __init__(self, title: NodeList, body: NodeList) -> None:
        self.title = title
        self.body = body

    def render(self, context: Context) -> SafeString:
        """Render the page, and the frame around it by Jinja."""
        request = context["request"]
        form = context.get("form") or context.get("verify_form")
        values = {
            "title": " ".join(self.title.render(context).split()),
            "body": self.body.render(context),
            "errors": _errors(form) if form is not None and form.is_bound else [],
        }
        return mark_safe(rendered(request, "web/framed.html", values))  # noqa: S308


@register.tag
def frame(parser: Parser, token: Token) -> FrameNode:
    """Frame a page: {% frame %} title {% page %} body {% endframe %}."""
    title = parser.parse(("page",))
    parser.delete_first_token()
    body = parser.parse(("endframe",))
    parser.delete_first_token()
    return FrameNode(title, body)


@register.simple_tag(takes_context=True)
def say(context: Context, key: str, **values: Any) -> str:
    """Say a text of ours in the language of the page."""
    return wording.say(key, language=language_of(context["request"]), **values)


@register.simple_tag(takes_context=True)
def say_place(context: Context, key: str) -> str:
    """Say a text of ours that names the organisation that answers for accounts."""
    language = language_of(context["request"])
    name = home_organisation().name.in_(language)
    return wording.say(key, language=language, organisation=name)


@register.filter
def control(field: BoundField) -> SafeString:
    """Return a field's input in our look, described by its hint and its error."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    look = {"checkbox": "govuk-checkboxes__input", "radio": "govuk-radios__input"}
    described = [f"{field.id_for_label}-hint"] if field.help_text else []
    if field.errors:
        described.append(f"{field.id_for_label}-error")
    wrong = " govuk-input--error" if field.errors else ""
    for name in BROWSER_CHECKS:
        widget.attrs.pop(name, None)
    widget.is_required = False
    attributes = {"class": look.get(kind, f"govuk-input{wrong}")}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attributes)


@register.filter
def is_tick_box(field: BoundField) -> bool:
    """Say whether a field is one tick box."""
    return getattr(field.field.widget, "input_type", "") == "checkbox"


@register.filter
def inlined(address: str) -> SafeString:
    """
    Return the drawing inside a data address, for the page itself.

    The content policy allows no picture from a data address; a drawing in the page is part of it.
    """
    start, _, encoded = str(address).partition(";base64,")
    if start != "data:image/svg+xml":
        return mark_safe("")
    drawing = b64decode(encoded).decode()
    return mark_safe(drawing[drawing.index("<svg") :])  # noqa: S308


def _errors(form: Any) -> list[dict[str, str]]:
    whole = [{"href": "#main-content", "text": str(each)} for each in form.non_field_errors()]
    return whole + [
        {"href": f"#{field.id_for_label}", "text": str(each)}
        for field in form.visible_fields()
        for each in field.errors
    ]
