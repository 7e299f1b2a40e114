"""Receiving files: in memory alone, and no more of them than is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers, StopUpload
from django.http import HttpRequest

MEGABYTE = 1024 * 1024
# Beyond this many times the limit it is no mistake, and the request is cut off.
READ_AT_MOST_TIMES = 10


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that was sent; the content of one that is too large is empty."""

    name: str
    content: bytes
    is_too_large: bool


class BoundedUploadHandler(FileUploadHandler):
    """
    Keeps each file in memory; of one that is too large it keeps nothing.

    A browser shows no answer to a request that is cut off, so the rest is read and dropped,
    and the page can say that the file is too large.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        """Refuse at once what no person would send."""
        self.limit = settings.ENV.max_upload_mb * MEGABYTE
        if content_length > READ_AT_MOST_TIMES * self.limit:
            raise StopUpload(connection_reset=True)

    def new_file(self, *arguments: Any, **named: Any) -> None:
        """Begin a file; no other handler sees it."""
        super().new_file(*arguments, **named)
        self.kept = BytesIO()
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece of the file while it is within the limit."""
        if start + len(raw_data) <= self.limit:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand the file over; its size is that which was sent."""
        if file_size > self.limit:
            self.kept = BytesIO()
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def upload_of(request: HttpRequest, name: str) -> Upload | None:
    """Return the file that a form sent under a name; None if it sent none."""
    sent = uploads_of(request, name)
    return sent[0] if sent else None


def answers_of(request: HttpRequest) -> dict[str, str | list[str]]:
    """Return the answers that a form sent: text, or a list where a name was sent more than once."""
    return {
        name: values[0] if len(values) == 1 else list(values)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
    }


def uploads_of(request: HttpRequest, name: str) -> list[Upload]:
    """Return all files that a form sent under a name."""
    limit = settings.ENV.max_upload_mb * MEGABYTE
    return [
        Upload(file.name or "", b"" if file.size > limit else file.read(), file.size > limit)
        for file in request.FILES.getlist(name)
    ]
