"""Taking a file from a person: recognised by content, opened in a cage, written anew. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from standpipe.documents.cage import open_in_cage
from standpipe.documents.file_name import clean_name
from standpipe.documents.recognition import recognise
from standpipe.documents.refusals import NotAcceptable as NotAcceptable
from standpipe.kernel.canonical import digest

Kind = Literal["photo", "evidence"]

_TAKEN: dict[Kind, tuple[str, ...]] = {
    "photo": ("image/jpeg", "image/png", "image/webp"),
    "evidence": ("application/pdf", "image/jpeg", "image/png"),
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file safe to keep and to show; `size` in bytes."""

    content: bytes
    media_type: str
    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, content: bytes, *, name: str, media_type: str) -> Cleaned:
        """Return a file that needs no cleaning, because we wrote it ourselves."""
        return cls(content, media_type, name, len(content), digest(content))


def clean(
    content: bytes,
    *,
    name: str,
    kind: Kind,
    crop: tuple[float, float, float, float] | None = None,
) -> Cleaned:
    """
    Return a file written anew from what it shows, without whatever else it carried.

    A photo becomes a portrait (see `pictures.photo`, also for `crop`). A PDF keeps its pages
    and loses scripts, actions, attachments and encryption; a picture loses its metadata. The
    name is cleaned as `clean_name` says. Takes up to 10 seconds.

    :raises NotAcceptable: with a message that says how to mend it
    """
    if not content:
        raise NotAcceptable("empty")
    media_type = recognise(content)
    if media_type == "image/heic" and kind == "photo":
        raise NotAcceptable("heic")
    if media_type not in _TAKEN[kind]:
        raise NotAcceptable(f"not_{kind}")
    made, made_type = open_in_cage(
        content, task=kind, options={"media_type": media_type, "crop": crop}
    )
    return Cleaned.of(made, name=clean_name(name, media_type=made_type), media_type=made_type)


def read_form_fields(content: bytes) -> dict[str, str]:
    """
    Return what was filled into the fields of a PDF, by name; read in the cage, as all files are.

    :raises NotAcceptable: if it cannot be read
    """
    read, _ = open_in_cage(content, task="fields", options={"media_type": "application/pdf"})
    found: dict[str, str] = json.loads(read)
    return found
