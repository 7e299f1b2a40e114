"""Hands our messages to Notify: Standpipe writes the text, Notify's templates only carry it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors.govuk_notify.client import Client, NotifyError
from standpipe.gateway.contracts import (
    MessageStatus,
    NotAccepted,
    OutgoingMessage,
    Sent,
    Unreached,
)
from standpipe.gateway.http import Outbound

_NAME = "govuk_notify"
_PLACEHOLDERS = {
    "email": frozenset({"subject", "body"}),
    "sms": frozenset({"body"}),
    "letter": frozenset({"subject", "body"}),
}
_ARRIVED = frozenset({"delivered", "sent", "received"})
_FAILED = frozenset(
    {
        "cancelled",
        "failed",
        "permanent-failure",
        "returned-letter",
        "technical-failure",
        "temporary-failure",
        "validation-failed",
        "virus-scan-failed",
    }
)


def connect(settings: Mapping[str, str], outbound: Outbound) -> GovukNotify:
    """Build the connector from its settings."""
    return GovukNotify(
        Client(
            outbound, url=settings["STANDPIPE_NOTIFY_URL"], key=settings["STANDPIPE_NOTIFY_KEY"]
        ),
        templates={
            "email": settings["STANDPIPE_NOTIFY_EMAIL_TEMPLATE"],
            "sms": settings["STANDPIPE_NOTIFY_SMS_TEMPLATE"],
            "letter": settings["STANDPIPE_NOTIFY_LETTER_TEMPLATE"],
        },
    )


class GovukNotify:
    """A MessageSender."""

    def __init__(self, client: Client, *, templates: Mapping[str, str]) -> None:
        self._client = client
        self._templates = templates

    def send(self, message: OutgoingMessage) -> Sent:
        """Hand over a message, once: Notify would send a second one as gladly as the first."""
        body: dict[str, Any] = {
            "template_id": self._templates[message.channel],
            "personalisation": {
                name: text
                for name, text in message.personalisation.items()
                if name in _PLACEHOLDERS[message.channel]
            },
            "reference": message.reference,
        }
        if message.channel == "letter":
            lines = enumerate(message.to, start=1)
            body["personalisation"] |= {f"address_line_{at}": line for at, line in lines}
        else:
            body["email_address" if message.channel == "email" else "phone_number"] = message.to
        try:
            return Sent(self._client.send(message.channel, body).id)
        except NotifyError as error:
            raise _ours(error) from error

    def find(self, reference: str) -> Sent | None:
        """Return the newest message that Notify has under our reference."""
        try:
            found = self._client.notifications(reference)
        except NotifyError as error:
            raise _ours(error) from error
        # A newer Notify may widen what it searches; only our very reference will do.
        exact = [one for one in found if one.reference == reference]
        return Sent(exact[0].id) if exact else None

    def status(self, provider_id: str) -> MessageStatus:
        """Return how far a message has come."""
        try:
            status = self._client.notification(provider_id).status
        except NotifyError as error:
            raise _ours(error) from error
        if status in _ARRIVED:
            return "delivered"
        # Everything else is on its way, as far as we know: it will be asked about again.
        return "failed" if status in _FAILED else "sending"

    def operator_faults(self) -> list[str]:
        """
        Return what is wrong with the three templates, for the operator; nothing if they fit.

        :raises Unreached: if Notify cannot be asked
        """
        faults = []
        for channel, template_id in self._templates.items():
            try:
                template = self._client.template(template_id)
            except NotifyError as error:
                if error.status != 404:
                    raise _ours(error) from error
                faults.append(f"{channel}: Notify has no template {template_id}.")
                continue
            given = _PLACEHOLDERS[channel]
            wanted = {one for one in template.placeholders if not one.startswith("address_line_")}
            if template.type != channel or wanted != given:
                faults.append(
                    f"{channel}: template {template_id} is of type {template.type} and asks for "
                    f"{', '.join(sorted(wanted)) or 'nothing'}, not {', '.join(sorted(given))}."
                )
        return faults


def _ours(error: NotifyError) -> NotAccepted | Unreached:
    # A key that is wrong is for the operator to mend, and then every message goes out after all.
    if error.status in (401, 403):
        return Unreached(_NAME, "refused", outcome_unknown=False)
    return NotAccepted(_NAME, error.error, error.message, field=None)
