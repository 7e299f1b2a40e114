"""Exchanges with an outside system, recorded and scrubbed: to play back, and to compare with."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx

# Headers that mean something to a client; all others, and every secret, stay out of recordings.
_KEPT_HEADERS = ("retry-after", "www-authenticate", "location")


class Unrecorded(AssertionError):
    """A request was made that the recording does not hold, or not in this place."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response; bodies are JSON, or text where they are not."""

    method: str
    path: str
    asked: Any
    status: int
    headers: Mapping[str, str]
    answered: Any


@dataclass(frozen=True, slots=True)
class Recording:
    """
    The exchanges of one situation, in order; `name` is that of the file.

    `varies` names the keys of answers whose values are other ones each time, such as ids: only
    their type is compared, and a later request takes up the new value.
    """

    name: str
    situation: str
    varies: frozenset[str]
    exchanges: tuple[Exchange, ...]


def read_recordings(folder: Path) -> dict[str, Recording]:
    """Read every recording of a folder, by name."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.json"))}


def _read(path: Path) -> Recording:
    data = json.loads(path.read_text(encoding="utf-8"))
    exchanges = tuple(
        Exchange(
            one["request"]["method"],
            one["request"]["path"],
            one["request"].get("body"),
            one["response"]["status"],
            one["response"].get("headers", {}),
            one["response"].get("body"),
        )
        for one in data["exchanges"]
    )
    return Recording(path.stem, data["situation"], frozenset(data.get("varies", ())), exchanges)


class Player(httpx.BaseTransport):
    """Stands in for the network: answers as recorded, and only what was recorded."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._at = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """
        Return the next recorded answer.

        :raises Unrecorded: if this request is not the next one recorded
        """
        asked = (request.method, _target(request), _asked(request))
        if self._at == len(self._recording.exchanges):
            raise Unrecorded(f"{self._recording.name}: nothing recorded after its end: {asked}")
        exchange = self._recording.exchanges[self._at]
        recorded = (exchange.method, exchange.path, exchange.asked)
        if asked != recorded:
            raise Unrecorded(f"{self._recording.name}: asked {asked}, recorded {recorded}")
        self._at += 1
        if isinstance(exchange.answered, str):
            headers = {"content-type": "text/html", **exchange.headers}
            return httpx.Response(exchange.status, headers=headers, text=exchange.answered)
        if exchange.answered is None:
            return httpx.Response(exchange.status, headers=dict(exchange.headers))
        return httpx.Response(
            exchange.status, headers=dict(exchange.headers), json=exchange.answered
        )

    def is_over(self) -> bool:
        """Say whether everything recorded has been asked for."""
        return self._at == len(self._recording.exchanges)


class Recorder(httpx.BaseTransport):
    """Writes down what passes through it; secrets in headers and in `secrets` keys are left out."""

    def __init__(self, inner: httpx.BaseTransport, *, secrets: frozenset[str]) -> None:
        self._inner = inner
        self._secrets = secrets
        self._exchanges: list[dict[str, Any]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on, and keep it with its answer."""
        response = self._inner.handle_request(request)
        response.read()
        asked = _asked(request)
        answered = _json_or_text(response.content)
        headers = {
            name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers
        }
        self._exchanges.append(
            {
                "request": {"method": request.method, "path": _target(request)}
                | ({} if asked is None else {"body": asked}),
                "response": {"status": response.status_code}
                | ({"headers": headers} if headers else {})
                | ({} if answered is None else {"body": self._scrubbed(answered)}),
            }
        )
        return response

    def write(self, path: Path, *, situation: str, varies: list[str]) -> None:
        """Write the recording, in the form `read_recordings` reads."""
        content = {"situation": situation, "varies": varies, "exchanges": self._exchanges}
        text = json.dumps(content, indent=2, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")

    def _scrubbed(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: "scrubbed" if name in self._secrets else self._scrubbed(one)
                for name, one in value.items()
            }
        return [self._scrubbed(one) for one in value] if isinstance(value, list) else value


Send = Callable[[str, str, Any], tuple[int, Any]]
"""Puts method, path and body to a system, and returns status and body of the answer."""


def differences(recording: Recording, send: Send) -> list[str]:
    """Put a recording's requests to a system; return in what its answers differ from those kept."""
    found: list[str] = []
    renewed: dict[str, str] = {}
    for exchange in recording.exchanges:
        path = _renew(exchange.path, renewed)
        status, answered = send(exchange.method, path, _renew(exchange.asked, renewed))
        where = f"{recording.name}: {exchange.method} {exchange.path}"
        if status != exchange.status:
            found.append(f"{where}: {status} instead of {exchange.status}")
            continue
        found += [
            f"{where}: {difference}"
            for difference in _compare(exchange.answered, answered, recording.varies, renewed, "")
        ]
    return found


def _compare(
    kept: Any, given: Any, varies: frozenset[str], renewed: dict[str, str], at: str
) -> list[str]:
    if isinstance(kept, dict) and isinstance(given, dict):
        found = [f"{at}/{name} is missing" for name in sorted(kept.keys() - given.keys())]
        found += [f"{at}/{name} is new" for name in sorted(given.keys() - kept.keys())]
        for name in kept.keys() & given.keys():
            if name in varies:
                if type(kept[name]) is not type(given[name]):
                    found.append(f"{at}/{name} is of another type")
                elif isinstance(kept[name], str):
                    renewed[kept[name]] = given[name]
            else:
                found += _compare(kept[name], given[name], varies, renewed, f"{at}/{name}")
        return found
    if isinstance(kept, list) and isinstance(given, list) and len(kept) == len(given):
        pairs = zip(kept, given, strict=True)
        return [
            difference
            for number, (one, other) in enumerate(pairs)
            for difference in _compare(one, other, varies, renewed, f"{at}/{number}")
        ]
    return [] if _renew(kept, renewed) == given else [f"{at or '/'} is {given!r}, not {kept!r}"]


def _renew(value: Any, renewed: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for old, new in renewed.items():
            value = value.replace(old, new)
        return value
    if isinstance(value, dict):
        return {name: _renew(one, renewed) for name, one in value.items()}
    return [_renew(one, renewed) for one in value] if isinstance(value, list) else value


def _target(request: httpx.Request) -> str:
    return request.url.raw_path.decode()


def _asked(request: httpx.Request) -> Any:
    content = request.read()
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(content.decode()))
    return _json_or_text(content)


def _json_or_text(content: bytes) -> Any:
    if not content:
        return None
    try:
        return json.loads(content)
    except ValueError:
        return content.decode("utf-8", "replace")
