"""Whoever treats the person is noticed by their name, however it is written."""

import pytest

from standpipe.assessments.independence import is_named


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Asha Rees", "Asha Rees, Fellside Hospital"),
        ("Dr Asha Rees", "I see A. Rees every month"),
        ("Asha Rees", "Dr Rees at the hospital"),
        ("Asha Rees", "DR. ASHA REES"),
        ("Siân Llŷr", "sian llyr"),
        ("Rees", "rees"),
    ],
)
def test_a_name_is_found(name, text):
    assert is_named(name, ["Nobody else", text])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Asha Rees", "Bo Lund, Fellside Hospital"),
        ("Asha Rees", "Mr Gwyn Rees"),
        ("Asha Rees", "The Reeson clinic"),
        ("Asha Rees", ""),
        ("", "Asha Rees"),
        ("Dr", "Dr Rees"),
    ],
)
def test_another_name_is_not(name, text):
    assert not is_named(name, [text])
