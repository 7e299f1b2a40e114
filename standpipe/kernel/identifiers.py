"""Identifiers that are unique without asking the database, and sort by when they were made."""

from __future__ import annotations

import secrets
from uuid import UUID

from uuid_utils.compat import uuid7

# Crockford's base 32 without vowels: cannot be misread over the phone, cannot spell a word.
_READABLE = "0123456789BCDFGHJKMNPQRSTVWXYZ"


def new_id() -> UUID:
    """Return a UUID of version 7 (RFC 9562): later ones sort after earlier ones."""
    return uuid7()


def readable_code(length: int) -> str:
    """Return a random code for people to read aloud: 4.9 bits a character."""
    return "".join(secrets.choice(_READABLE) for _ in range(length))
