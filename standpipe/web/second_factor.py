"""A second way for staff to show that it is they; where it is asked for, nothing opens without."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.identity.actor import Actor
from standpipe.web.access import open_to
from standpipe.web.rendering import show

# Recovery codes stand in for one of these, and are none by themselves.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class NewCodesForm(GenerateRecoveryCodesForm):
    """Asks for new recovery codes, and has the request remember whether there are old ones."""

    def clean(self) -> dict[str, Any]:
        """Look before the old ones are taken away: the message then says that they were."""
        codes = [Authenticator.Type.RECOVERY_CODES]
        context.request.has_old_codes = is_mfa_enabled(self.user, codes)
        return super().clean()


def is_missing(request: HttpRequest, actor: Actor, who: frozenset[str]) -> bool:
    """Say whether a page opens to somebody by their role, who must set up a second factor first."""
    return (
        settings.ENV.staff_second_factor
        and bool(actor.roles & who)
        and not is_mfa_enabled(request.user, FACTORS)
    )


@open_to("signed_in")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show staff which second factors there are; whoever has one, or needs none, is led on."""
    if request.actor.kind != "staff" or is_mfa_enabled(request.user, FACTORS):
        return HttpResponseRedirect(resolve_url("after_sign_in"))
    return show(request, "web/second_factor.html")
