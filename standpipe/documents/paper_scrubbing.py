"""Removing from the parts of a PDF whatever does something or unpacks without end. Pure."""

from __future__ import annotations

import zlib
from typing import Any

from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

from standpipe.documents.recognition import EICAR
from standpipe.documents.refusals import NotAcceptable

# A4 in colour at 600 dots an inch is 104 MB; fifty such pages are nobody's evidence.
MOST_BYTES_A_STREAM = 120_000_000
MOST_BYTES_IN_ALL = 600_000_000
MOST_PIXELS = 100_000_000
MOST_PARTS = 100_000

_PIECE = 1 << 18

# Keys of things that act, hold files or point outside (ISO 32000-1, 7.5.8, 7.11, 12.6, 14.5).
_ACTING = {
    "/A",
    "/AA",
    "/AF",
    "/Alternates",
    "/Annots",
    "/EF",
    "/EmbeddedFiles",
    "/F",
    "/FDecodeParms",
    "/FFilter",
    "/JavaScript",
    "/JS",
    "/Metadata",
    "/OPI",
    "/OpenAction",
    "/Parent",
    "/PieceInfo",
    "/Ref",
    "/RichMediaContent",
    "/StructParent",
    "/StructParents",
    "/XFA",
}
_ACTING_TYPES = {"/Action", "/Annot", "/Catalog", "/EmbeddedFile", "/Filespec", "/Page", "/Pages"}
# Under these keys the names are the author's own, such as a font called /A.
_DICTIONARIES_OF_NAMES = {
    "/CharProcs",
    "/ColorSpace",
    "/Colorants",
    "/ExtGState",
    "/Font",
    "/Pattern",
    "/Properties",
    "/Shading",
    "/XObject",
}
_FLATE = ("/FlateDecode", "/Fl")
_PICTURE_CODECS = ("/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode")


class Scrubber:
    """Walks through everything that pages of one file lead to, each part once."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._parts = 0
        self._unpacked = 0

    def scrub(self, page: DictionaryObject) -> None:
        """
        Remove from a page and what it leads to whatever acts; the page itself may be a page.

        :raises NotAcceptable: too_complex, virus
        """
        waiting: list[tuple[Any, bool]] = [(page, False)]
        while waiting:
            part, names_are_free = waiting.pop()
            self._parts += 1
            if self._parts > MOST_PARTS:
                raise NotAcceptable("too_complex")
            if isinstance(part, StreamObject):
                self._unpack(part)
            if isinstance(part, DictionaryObject):
                waiting.extend(self._inside(part, names_are_free=names_are_free))
            elif isinstance(part, ArrayObject):
                for index, value in enumerate(list(part)):
                    found = self._follow(value)
                    if _acts(found):
                        part[index] = NullObject()
                    elif found is not None:
                        waiting.append((found, False))

    def _inside(self, part: DictionaryObject, *, names_are_free: bool) -> list[tuple[Any, bool]]:
        if not names_are_free:
            for key in _ACTING.intersection(part):
                del part[key]
        inside = []
        for key in list(part):
            found = self._follow(part.raw_get(key))
            if _acts(found):
                del part[key]
            elif found is not None:
                inside.append((found, not names_are_free and key in _DICTIONARIES_OF_NAMES))
        return inside

    def _follow(self, value: Any) -> Any:
        """Return the dictionary or array meant; None if it holds nothing, or was seen before."""
        if isinstance(value, IndirectObject):
            place = (value.idnum, value.generation)
            if place in self._seen:
                return None
            self._seen.add(place)
            value = value.get_object()
        return value if isinstance(value, DictionaryObject | ArrayObject) else None

    def _unpack(self, stream: StreamObject) -> None:
        width, height = stream.get("/Width", 0), stream.get("/Height", 0)
        if isinstance(width, int) and isinstance(height, int) and width * height > MOST_PIXELS:
            raise NotAcceptable("too_complex")
        filters = _filters(stream)
        packed = stream._data
        if not filters:
            self._count(packed, tail=b"")
        elif filters[0] in _FLATE and len(filters) == 1:
            self._inflate(packed)
        elif all(one in _PICTURE_CODECS for one in filters):
            return
        else:
            self._count(_unpacked(stream, filters), tail=b"")

    def _inflate(self, packed: bytes) -> None:
        unpacker = zlib.decompressobj()
        of_this, tail = 0, b""
        try:
            while packed and not unpacker.eof:
                piece = unpacker.decompress(packed, _PIECE)
                packed = unpacker.unconsumed_tail
                of_this += len(piece)
                if of_this > MOST_BYTES_A_STREAM:
                    raise NotAcceptable("too_complex")
                self._count(piece, tail=tail)
                tail = piece[-len(EICAR) :]
        except zlib.error:
            # Many a scanner ends its streams badly, and viewers show them all the same.
            return

    def _count(self, piece: bytes, *, tail: bytes) -> None:
        self._unpacked += len(piece)
        if self._unpacked > MOST_BYTES_IN_ALL:
            raise NotAcceptable("too_complex")
        if EICAR in tail + piece:
            raise NotAcceptable("virus")


def _acts(part: Any) -> bool:
    return isinstance(part, DictionaryObject) and (
        part.get("/Type") in _ACTING_TYPES or "/JS" in part
    )


def _filters(stream: StreamObject) -> list[str]:
    named = stream.get("/Filter")
    named = named.get_object() if named is not None else []
    return [str(one.get_object()) for one in (named if isinstance(named, list) else [named])]


def _unpacked(stream: StreamObject, filters: list[str]) -> bytes:
    # Only the packing is undone, within the limits of pypdf; a picture inside stays as it is.
    packing = EncodedStreamObject()
    packing._data = stream._data
    names = [NameObject(one) for one in filters if one not in _PICTURE_CODECS]
    packing[NameObject("/Filter")] = ArrayObject(names)
    return decode_stream_data(packing)
