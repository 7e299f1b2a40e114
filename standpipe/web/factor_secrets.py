"""
What second factors are checked by, sealed: whoever reads the database can make no code of it.

An app's secret and the seed of recovery codes are sealed under a key of their own, which follows
from STANDPIPE_SECRET_KEY. Passkeys need nothing of this: of them we keep public keys alone.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from standpipe.web.wording import say

# No secret begins so: an app's is base32, a seed hexadecimal.
SEALED = "sealed:"
PURPOSE = b"standpipe: secrets of second factors"
# The parts of what an authenticator keeps that are secret.
SECRETS = ("secret", "seed")

Kept = Literal["sealed", "earlier", "unreadable"]


class UnreadableSecret(ValidationError):
    """A secret was sealed under a key that is not in the settings: no code is right, none wrong."""

    def __init__(self) -> None:
        language = translation.get_language() or "en"
        super().__init__(say("account.unreadable_factor", language=language))


class SecretsAdapter(DefaultMFAAdapter):
    """Seals what allauth keeps, and opens it again."""

    def encrypt(self, text: str) -> str:
        """Seal a secret under the key of today."""
        return SEALED + _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """
        Open a secret; one that was kept before any were sealed is as it was.

        :raises UnreadableSecret: if it was sealed under a key that is not in the settings
        """
        if not encrypted_text.startswith(SEALED):
            return encrypted_text
        try:
            return _seal().decrypt(encrypted_text.removeprefix(SEALED)).decode()
        except InvalidToken:
            raise UnreadableSecret from None


def how_kept(text: str) -> Kept:
    """Say whether a secret is sealed under today's key, in an earlier way, or by an unknown key."""
    try:
        SecretsAdapter().decrypt(text)
        _seal_of(settings.ENV.secret_key).decrypt(text.removeprefix(SEALED))
    except UnreadableSecret:
        return "unreadable"
    except InvalidToken:
        return "earlier"
    return "sealed"


def counted() -> Mapping[Kept, int]:
    """Count the secrets that are kept, by how."""
    return Counter(how_kept(row.data[part]) for row, part in _secrets(Authenticator.objects.all()))


def seal_again() -> int:
    """Seal in the caller's transaction what is kept in an earlier way; return how many that was."""
    adapter, sealed = SecretsAdapter(), 0
    for row, part in _secrets(Authenticator.objects.select_for_update()):
        if how_kept(row.data[part]) == "earlier":
            row.data[part] = adapter.encrypt(adapter.decrypt(row.data[part]))
            row.save(update_fields=["data"])
            sealed += 1
    return sealed


def _secrets(rows: Iterable[Authenticator]) -> Iterator[tuple[Authenticator, str]]:
    return ((row, part) for row in rows for part in SECRETS if part in row.data)


def _seal() -> MultiFernet:
    keys = (settings.ENV.secret_key, *settings.ENV.former_secret_keys)
    return MultiFernet([_seal_of(key) for key in keys])


def _seal_of(secret_key: str) -> Fernet:
    # RFC 5869: one secret, and for each purpose a key that tells nothing of the others.
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret_key.encode())
    return Fernet(urlsafe_b64encode(made))
