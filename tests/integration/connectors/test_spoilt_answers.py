"""Every value of every recorded answer, spoilt in turn: nothing is raised but what is agreed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from standpipe.gateway.connectors import build_connector
from standpipe.gateway.contracts import (
    NotAccepted,
    PaymentStarted,
    PaymentState,
    RegistryAnswer,
    Sent,
    Unreached,
)
from standpipe.gateway.manifest import Manifest, read_manifest
from standpipe.gateway.recordings import Player, Recording, Unrecorded, read_recordings
from tests.integration.connectors.using import SETTINGS, USES

CONNECTORS = Path(__file__).parents[3] / "connectors"
JUNK: tuple[Any, ...] = (None, 0, -1, True, 1.5, "", "x", "\x00", [], [None], {}, {"a": []})
STATUSES = (200, 201, 204, 400, 401, 403, 404, 409, 412, 418, 422)


def spoilt(value: Any) -> Iterator[Any]:
    """Yield a value with one of its parts spoilt or left out, in every way."""
    yield from JUNK
    if isinstance(value, dict):
        for name in value:
            yield {other: value[other] for other in value if other != name}
            for one in spoilt(value[name]):
                yield {**value, name: one}
    if isinstance(value, list):
        for at in range(len(value)):
            for one in spoilt(value[at]):
                yield [*value[:at], one, *value[at + 1 :]]


def variants(recording: Recording) -> Iterator[Recording]:
    """Yield a recording with one answer spoilt, for every answer, part and way."""
    for at, exchange in enumerate(recording.exchanges):
        before, after = recording.exchanges[:at], recording.exchanges[at + 1 :]
        for answered in spoilt(copy.deepcopy(exchange.answered)):
            yield replace(
                recording, exchanges=(*before, replace(exchange, answered=answered), *after)
            )
        for status in STATUSES:
            yield replace(recording, exchanges=(*before, replace(exchange, status=status), *after))


def is_agreed(result: object) -> bool:
    if isinstance(result, PaymentStarted):
        return isinstance(result.provider_id, str) and isinstance(result.next_url, str | None)
    if isinstance(result, PaymentState):
        known = isinstance(result.finished, bool) and isinstance(result.message, str | None)
        return known and isinstance(result.refunded_pence, int) and result.refunded_pence >= 0
    if isinstance(result, Sent):
        return isinstance(result.provider_id, str) and result.provider_id != ""
    if isinstance(result, RegistryAnswer):
        fits = result.match in ("matched", "not_matched", "multiple", "unknown")
        return fits and all(
            one.state in ("met", "not_met", "unknown") for one in result.answers.values()
        )
    return result in (None, [], "sending", "delivered", "failed") or is_text_list(result)


def is_text_list(result: object) -> bool:
    return isinstance(result, list) and all(isinstance(one, str) for one in result)


@pytest.mark.parametrize(("name", "situation"), USES)
def test_whatever_comes_back_the_contract_holds(name, situation):
    manifest: Manifest = read_manifest(CONNECTORS / name / "manifest.yaml")
    once = replace(manifest, limits=replace(manifest.limits, attempts=1))
    settings = manifest.pick_settings(SETTINGS[name])
    recording = read_recordings(CONNECTORS / name / "recordings")[situation]

    for variant in variants(recording):
        outbound, connector = build_connector(once, settings, transport=Player(variant))
        try:
            result = USES[name, situation](connector)
        except (Unreached, NotAccepted):
            pass
        except Unrecorded:
            # A spoilt id leads to a request of another path; that it was asked is enough.
            pass
        else:
            assert is_agreed(result), variant.exchanges
        finally:
            outbound.close()
