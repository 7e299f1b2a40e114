"""What the simulated Notify refuses, in the words of the real one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from connectors.govuk_notify.templates import TEMPLATES, Template

_FIELDS = {
    "email": {
        "email_address",
        "email_reply_to_id",
        "one_click_unsubscribe_url",
        "sanitise_content_for",
    },
    "sms": {"phone_number", "sms_sender_id"},
    "letter": set[str](),
}
_SHARED = {"template_id", "personalisation", "reference"}
_RECIPIENT = {"email": "email_address", "sms": "phone_number", "letter": "personalisation"}
_EMAIL = re.compile(r"[^\s@\"(),:;<>\[\\\]]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_LONGEST_TEXT = 918


class Faulty(Exception):
    """A request with errors of one kind, `ValidationError` or `BadRequestError`."""

    def __init__(self, error: str, messages: list[str]) -> None:
        super().__init__(error)
        self.error, self.messages = error, messages


def check(channel: str, body: Mapping[str, Any] | None) -> Template:
    """
    Return the template a request to send asks for.

    :raises Faulty: with Notify's messages, if it would decline
    """
    if body is None:
        raise Faulty("BadRequestError", ["Invalid JSON supplied in POST data"])
    faults = _form_faults(channel, body)
    if faults:
        raise Faulty("ValidationError", faults)
    template = TEMPLATES.get(str(UUID(body["template_id"])))
    if template is None:
        raise Faulty("BadRequestError", ["Template not found"])
    if template.type != channel:
        name = {"sms": "text message"}.get(template.type, template.type)
        wanted = {"sms": "text message"}.get(channel, channel)
        message = f"{name} template is not suitable for {wanted} notification".capitalize()
        raise Faulty("BadRequestError", [message])
    personalisation = body.get("personalisation") or {}
    missing = template.missing(personalisation)
    if missing:
        raise Faulty("BadRequestError", [f"Missing personalisation: {', '.join(missing)}"])
    if channel == "letter":
        _check_address(personalisation)
    _check_length(template, personalisation)
    return template


def _form_faults(channel: str, body: Mapping[str, Any]) -> list[str]:
    faults = [
        f"{name} is a required property"
        for name in (_RECIPIENT[channel], "template_id")
        if name not in body
    ]
    faults += [
        f"Additional properties are not allowed ({name} was unexpected)"
        for name in sorted(body.keys() - _SHARED - _FIELDS[channel])
    ]
    if "template_id" in body and not _is_uuid(body["template_id"]):
        faults.append("template_id is not a valid UUID")
    if not isinstance(body.get("reference", ""), str | None):
        faults.append("reference is not of type string")
    if not isinstance(body.get("personalisation", {}), dict):
        faults.append("personalisation should contain key value pairs")
    if "email_address" in body:
        address = body["email_address"]
        if not isinstance(address, str) or not _EMAIL.fullmatch(address.strip()):
            faults.append("email_address Not a valid email address")
    if "phone_number" in body:
        faults += _phone_faults(body["phone_number"])
    return faults


def _phone_faults(number: object) -> list[str]:
    if not isinstance(number, str):
        return ["phone_number is not of type string"]
    plain = re.sub(r"[\s()\-.+]", "", number)
    if not plain.isascii() or not plain.isdigit():
        return ["phone_number Must not contain letters or symbols"]
    national = re.sub(r"^(0{0,2}44|0)", "", plain)
    if len(national) < 10:
        return ["phone_number Not enough digits"]
    if len(national) > 10 and not number.strip().startswith("+"):
        return ["phone_number Too many digits"]
    return []


def _check_address(personalisation: Mapping[str, Any]) -> None:
    lines = [personalisation.get(f"address_line_{at}") for at in range(1, 8)]
    filled = [str(line).strip() for line in lines if line and str(line).strip()]
    if len(filled) < 3:
        raise Faulty("ValidationError", ["Address must be at least 3 lines"])
    if not re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}", filled[-1].upper()):
        raise Faulty("ValidationError", ["Last line of address must be a real UK postcode"])


def _check_length(template: Template, personalisation: Mapping[str, Any]) -> None:
    length = len(template.fill(template.body, personalisation))
    if template.type == "sms" and length > _LONGEST_TEXT:
        raise Faulty(
            "BadRequestError",
            [
                f"Text messages cannot be longer than {_LONGEST_TEXT} characters. "
                f"Your message is {length} characters long."
            ],
        )


def _is_uuid(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return isinstance(value, str)
