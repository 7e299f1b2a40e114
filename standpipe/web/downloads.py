"""Files that leave the house."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from standpipe.documents.queries import OpenedDocument


def attachment(document: OpenedDocument) -> HttpResponse:
    """
    Return a file to be kept, never shown: a stranger's file must not run as a page of ours.

    A picture of ours may still show it, since browsers run nothing of what a picture names.
    """
    return HttpResponse(
        document.content,
        content_type=document.media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, document.name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
