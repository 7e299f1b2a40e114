"""Safety tests go to no outside system."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings

from standpipe.gateway.loaded import connectors
from tests.integration.outside import where_nobody_listens


@pytest.fixture(autouse=True, scope="module")
def nobody_outside() -> Iterator[None]:
    """Every connector calls where nobody listens."""
    before = settings.ENV
    settings.ENV = replace(before, connectors=where_nobody_listens())
    connectors.cache_clear()
    yield
    settings.ENV = before
    connectors.cache_clear()
