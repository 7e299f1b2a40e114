"""Accounts: whose person a new one is, and how its e-mails go out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import translation

from standpipe.identity.actor import system
from standpipe.identity.tenancy import acting
from standpipe.jobs.clock import now
from standpipe.kernel.identifiers import new_id
from standpipe.notifications import actions as notifications
from standpipe.places.actions import organisation_id
from standpipe.web.actors import PERSON
from standpipe.web.rendering import home_organisation

if TYPE_CHECKING:
    from standpipe.identity.models import Account


SEEN_ANYWAY = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


class AccountAdapter(DefaultAccountAdapter):
    """What allauth asks of the platform."""

    def save_user(
        self, request: HttpRequest, user: Account, form: Any, commit: bool = True
    ) -> Account:
        """Give a new account the person who began an application in this session, if any."""
        begun = request.session.get(PERSON)
        if begun is not None:
            user.person_id = UUID(begun)
        return super().save_user(request, user, form, commit=commit)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send staff to their queue and residents to their applications."""
        actor = getattr(request, "actor", None)
        staff = actor is not None and actor.kind == "staff"
        return resolve_url("queue" if staff else "after_sign_in")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *more: Any,
        **named: Any,
    ) -> None:
        """Say what was done, but for signing in and out, which one sees."""
        if message_template not in SEEN_ANYWAY:
            super().add_message(request, level, message_template, *more, **named)

    def format_email_subject(self, subject: str) -> str:
        """Leave the subject as it is, without the host's name before it."""
        return subject


class OutboxEmailBackend(BaseEmailBackend):
    """Hands e-mails to the outbox, which sends them as it sends all other messages."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue messages; each is kept before this returns."""
        organisation = organisation_id(home_organisation().slug)
        actor = system(organisation, task="accounts")
        with acting(actor):
            for message in email_messages:
                for to in message.to:
                    notifications.queue(
                        name="account",
                        channel="email",
                        to=to,
                        language=translation.get_language() or "en",
                        subject=message.subject,
                        body=str(message.body),
                        # Each is its own message: a code that is asked for twice is sent twice.
                        what=f"account:{new_id()}",
                        person=None,
                        organisation=organisation,
                        actor=actor,
                        at=now(),
                    )
        return len(email_messages)
