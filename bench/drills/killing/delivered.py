"""What Notify was really sent, asked of its simulator as its API shows it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from uuid import UUID

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey


def times_sent(settings: Mapping[str, str], messages: Sequence[UUID]) -> dict[UUID, int]:
    """Return how often Notify took each message, by the reference that was sent along."""
    address, key = settings["STANDPIPE_NOTIFY_URL"], settings["STANDPIPE_NOTIFY_KEY"]
    found = {}
    with httpx.Client(base_url=address, timeout=60) as client:
        for message in messages:
            answer = client.get(
                "/v2/notifications",
                params={"reference": str(message)},
                headers={"Authorization": f"Bearer {_token(key)}"},
            )
            answer.raise_for_status()
            found[message] = len(answer.json()["notifications"])
    return found


def _token(key: str) -> str:
    # Notify's keys end with the ids of service and secret; its tokens last 30 seconds.
    claims = {"iss": key[-73:-37], "iat": int(time.time())}
    return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, OctKey.import_key(key[-36:]))
