"""What a file is, by its content alone. Pure."""

from __future__ import annotations

from typing import Literal

MediaType = Literal["application/pdf", "image/jpeg", "image/png", "image/webp", "image/heic"]

# The test file that every virus scanner knows (eicar.org), in two parts: else scanners would
# find it here.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_ZIP_END = b"PK\x05\x06"
_ZIP_ENTRY = b"PK\x01\x02"
# Six letters or more: fewer turn up by chance in one large photo of some thousands.
_SCRIPTS = (b"<script", b"<html>", b"<html ", b"<!doctype", b"<svg xmlns", b"<?php ", b"<iframe")
_PDFS = (b"%PDF-1.", b"%PDF-2.")


def recognise(content: bytes) -> MediaType | None:
    """Return what a file begins as; None if that is nothing we take."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return "image/heic"
    # Some scanners write a byte order mark or blank lines first; anything else is suspicious.
    if content.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")[:5] == b"%PDF-":
        return "application/pdf"
    return None


def is_ambiguous(content: bytes, *, media_type: MediaType) -> bool:
    """
    Say whether a file is something else besides: an archive, a page with a script, a program.

    Pictures of phones carry tails of their own (a short film, a depth map), so a tail alone is
    no sign; words of HTML in a PDF are none either, for a document may speak of them.
    """
    if _is_archive(content):
        return True
    if media_type == "application/pdf":
        return False
    small = content.lower()
    return any(pdf in content for pdf in _PDFS) or any(script in small for script in _SCRIPTS)


def _is_archive(content: bytes) -> bool:
    # An archive is read from its end: the last record says where the first entry is listed.
    end = content.rfind(_ZIP_END, max(0, len(content) - 65_557))
    if end < 0 or len(content) < end + 22:
        return False
    length = int.from_bytes(content[end + 12 : end + 16], "little")
    return 46 <= length <= end and content[end - length : end - length + 4] == _ZIP_ENTRY
