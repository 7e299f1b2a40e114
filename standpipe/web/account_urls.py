"""The routes of allauth, each with who may use it."""

from __future__ import annotations

from typing import Any

from django.urls import include, path

from standpipe.web.access import declared

# Whoever is not signed in yet needs these; every other one is about one's own account.
FOR_ANYONE = frozenset(
    {
        "account_confirm_email",
        "account_confirm_login_code",
        "account_email_verification_sent",
        "account_inactive",
        "account_login",
        "account_logout",
        "account_request_login_code",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_signup",
        "account_signup_by_passkey",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "mfa_signup_webauthn",
    }
)


def account_routes() -> list[Any]:
    """Return the routes of accounts and of second factors, all declared."""
    routes = [path("", include("allauth.urls"))]
    return declared(routes, "signed_in", methods=("GET", "POST"), for_anyone=FOR_ANYONE)
