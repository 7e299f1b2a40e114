from __future__ import annotations

import pytest

from standpipe.documents.file_name import LONGEST, clean_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("letter.pdf", "letter.pdf"),
        ("Llythyr tŷ Siân.PDF", "Llythyr tŷ Siân.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Ada\\award letter.pdf", "award letter.pdf"),
        ("invoice.pdf.exe", "invoice.pdf.pdf"),
        ("photo\u202egpj.exe", "photogpj.pdf"),
        ("a\x00b\r\nc\u200b.pdf", "abc.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("e\u0301.pdf", "\u00e9.pdf"),
        ("  . .pdf", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("/", "file.pdf"),
        ("12.03.2026 letter", "12.03.2026 letter.pdf"),
    ],
)
def test_a_name_is_made_safe(given: str, kept: str):
    assert clean_name(given, media_type="application/pdf") == kept


def test_a_long_name_is_shortened_so_that_it_shows_and_keeps_its_extension():
    name = clean_name("w" * 500 + ".pdf", media_type="image/png")

    assert len(name) == LONGEST
    assert name.endswith("w….png")


def test_a_name_of_just_the_limit_is_left_alone():
    name = "n" * (LONGEST - 4) + ".pdf"

    assert clean_name(name, media_type="application/pdf") == name
