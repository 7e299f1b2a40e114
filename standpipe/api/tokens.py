"""The token door: OAuth 2.0 client credentials (RFC 6749 section 4.4), by Authlib."""

from __future__ import annotations

import hmac
import secrets
from typing import Any

from authlib.integrations.django_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from django.http import HttpRequest, HttpResponse

from standpipe.identity.actions import TOKEN_LASTS, keep_token
from standpipe.identity.queries import KnownClient, client
from standpipe.jobs.clock import now
from standpipe.kernel.canonical import digest


class _Client(ClientMixin):  # type: ignore[misc]
    """A registered system in the words of Authlib."""

    def __init__(self, known: KnownClient) -> None:
        self.known = known

    def get_client_id(self) -> str:
        return self.known.client_id

    def get_allowed_scope(self, scope: str) -> str:
        # Asked for nothing in particular, it gets all that is its own (RFC 6749 section 3.3).
        wanted = scope.split() if scope else list(self.known.scopes)
        return " ".join(one for one in wanted if one in self.known.scopes)

    def check_client_secret(self, client_secret: str) -> bool:
        return hmac.compare_digest(digest(client_secret), self.known.secret_sha256)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return endpoint == "token" and method in ("client_secret_basic", "client_secret_post")

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "client_credentials"

    def check_response_type(self, response_type: str) -> bool:
        return False


class _Grant(ClientCredentialsGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")


class _Server(AuthorizationServer):  # type: ignore[misc]
    def query_client(self, client_id: str) -> _Client | None:
        known = client(client_id)
        return None if known is None else _Client(known)

    def save_token(self, token: dict[str, Any], request: Any) -> None:
        keep_token(
            request.client.known.id,
            token["access_token"],
            scopes=token.get("scope", "").split(),
            at=now(),
        )

    def create_bearer_token_generator(self) -> BearerTokenGenerator:
        return BearerTokenGenerator(
            access_token_generator=lambda **_: secrets.token_urlsafe(32),
            expires_generator=lambda *_: int(TOKEN_LASTS.total_seconds()),
        )


def _server() -> _Server:
    server = _Server(None, None)
    server.register_grant(_Grant)
    return server


_SERVER = _server()


def give_token(request: HttpRequest) -> HttpResponse:
    """Answer POST /oauth/token: a token for half an hour, or the error that RFC 6749 names."""
    response: HttpResponse
    try:
        response = _SERVER.create_token_response(request)
    except OAuth2Error as refused:
        # Raised before there is a request to speak of: over plain HTTP, for one.
        response = _SERVER.handle_response(*refused())
    return response
