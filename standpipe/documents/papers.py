"""PDFs, built anew page by page, so that only what the pages show is left. Pure."""

from __future__ import annotations

from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject

from standpipe.documents.paper_marks import drawn_annotations
from standpipe.documents.paper_scrubbing import Scrubber
from standpipe.documents.refusals import NotAcceptable

MOST_PAGES = 50

# Whatever else a page has (actions, annotations, thumbnails, metadata) stays behind.
_KEPT = {
    "/Type",
    "/MediaBox",
    "/CropBox",
    "/Rotate",
    "/UserUnit",
    "/Resources",
    "/Contents",
    "/Group",
}


def rebuild(content: bytes) -> bytes:
    """
    Return a PDF with the pages of another: what forms and notes show is drawn onto them.

    Scripts, actions, links, attachments, metadata and encryption are left behind. A file that
    opens without a password but forbids printing is taken.

    :raises NotAcceptable: password, no_pages, too_many_pages, too_complex, virus
    """
    try:
        return _rebuild(content)
    except LimitReachedError:
        raise NotAcceptable("too_complex") from None


def _rebuild(content: bytes) -> bytes:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise NotAcceptable("password")
    count = len(reader.pages)
    if count == 0:
        raise NotAcceptable("no_pages")
    if count > MOST_PAGES:
        raise NotAcceptable("too_many_pages")
    writer = PdfWriter()
    scrubber = Scrubber()
    for number, page in enumerate(reader.pages):
        marks = drawn_annotations(page, prefix=f"/Mark{number}x")
        for key in [key for key in page if key not in _KEPT]:
            del page[key]
        scrubber.scrub(page)
        _draw(writer, writer.add_page(page), marks)
    writer.metadata = None
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _draw(writer: PdfWriter, page: PageObject, marks: bytes) -> None:
    if not marks:
        return
    before, after = DecodedStreamObject(), DecodedStreamObject()
    # What a page leaves switched on (a scale, a colour) must not change the marks.
    before.set_data(b"q\n")
    after.set_data(b"\nQ\n" + marks)
    old = page.get("/Contents")
    old_parts = old.get_object() if old is not None else ArrayObject()
    parts = list(old_parts) if isinstance(old_parts, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject(
        [writer._add_object(before), *parts, writer._add_object(after)]
    )
