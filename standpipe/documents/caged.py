"""
The program inside the cage: one order and one file come in, one clean file goes out.

It runs as a process of its own (`cage.py`) and imports neither Django nor settings.
"""

from __future__ import annotations

import json
import resource
import sys

from standpipe.documents.cage import MEMORY_BYTES, SECONDS
from standpipe.documents.recognition import EICAR, MediaType, is_ambiguous
from standpipe.documents.refusals import NotAcceptable


def main() -> None:
    """Read an order (JSON, one line) and a file; write an answer (JSON, one line) and a file."""
    _shut()
    order = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    clean = b""
    answer: dict[str, str] = {}
    try:
        clean, answer["media_type"] = _do(order, content)
    except NotAcceptable as refused:
        answer = {"refused": refused.reason}
    except MemoryError:
        answer = {"refused": "too_complex"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + clean)


def _shut() -> None:
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def _do(order: dict[str, object], content: bytes) -> tuple[bytes, str]:
    media_type: MediaType = order["media_type"]  # type: ignore[assignment]
    if EICAR in content:
        raise NotAcceptable("virus")
    if is_ambiguous(content, media_type=media_type):
        raise NotAcceptable("ambiguous")
    # Each reader is imported where it is needed: they are most of what starting costs.
    if order["task"] == "photo":
        from standpipe.documents.pictures import photo

        return photo(content, crop=order["crop"]), "image/jpeg"  # type: ignore[arg-type]
    if order["task"] == "fields":
        from standpipe.documents.paper_fields import fields_of

        return json.dumps(fields_of(content)).encode(), "application/json"
    if media_type == "application/pdf":
        from standpipe.documents.papers import rebuild

        return rebuild(content), media_type
    from standpipe.documents.pictures import picture

    return picture(content, media_type=media_type), media_type


if __name__ == "__main__":
    main()
