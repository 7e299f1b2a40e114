"""Whoever writes and asks in these tests."""

from __future__ import annotations

import pytest

from standpipe.identity.actor import Actor, system
from standpipe.places.actions import organisation_id


@pytest.fixture
def county() -> Actor:
    """The platform at work for the county."""
    return system(organisation_id("borrowdale_county"), task="test")
