"""Reading what was filled into the fields of a PDF; runs in the cage. Pure."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pypdf import PdfReader

from standpipe.documents.refusals import NotAcceptable

MOST_FIELDS = 2000
MOST_CHARACTERS = 20_000
DEEPEST = 12


def fields_of(content: bytes) -> dict[str, str]:
    """
    Return what stands in each field by its whole name: text, or the code of what is ticked.

    Empty ones are left out. A file without fields gives none.

    :raises NotAcceptable: password, too_complex
    """
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise NotAcceptable("password")
    form = reader.root_object.get("/AcroForm")
    found: dict[str, str] = {}
    for one in form.get_object().get("/Fields", []) if form is not None else []:
        _gather(one.get_object(), "", found, depth=0)
    return found


def _gather(node: Any, start: str, found: dict[str, str], *, depth: int) -> None:
    if depth > DEEPEST or len(found) > MOST_FIELDS:
        raise NotAcceptable("too_complex")
    name = ".".join(filter(None, (start, str(node["/T"]) if "/T" in node else "")))
    text = _text(node)
    if text:
        found[name] = text[:MOST_CHARACTERS]
    for one in node.get("/Kids", []):
        inner = one.get_object()
        if "/T" in inner:
            _gather(inner, name, found, depth=depth + 1)
        elif not text and (ticked := _ticked(inner)):
            # Some programs mark the widget alone.
            found[name] = ticked


def _text(node: Any) -> str:
    value = node.get("/V")
    value = value.get_object() if value is not None else None
    if value is None:
        return _ticked(node)
    if isinstance(value, bytes):
        value = value.decode("utf-8", errors="replace")
    text = str(value)
    if text.startswith("/"):
        return "" if text == "/Off" else text[1:]
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _ticked(node: Any) -> str:
    state = str(node.get("/AS", "/Off"))
    return "" if state == "/Off" else state[1:]
