"""The words of allauth are ours, and the catalogues are made from them."""

from __future__ import annotations

import gettext
from io import BytesIO

import pytest

from standpipe.kernel.data_files import read_yaml
from standpipe.web.locale.build import HERE, catalogue, catalogue_path, texts


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_catalogue_is_that_of_the_words(language: str) -> None:
    made = catalogue(texts(language))

    mend = "run python -m standpipe.web.locale.build"
    assert catalogue_path(language).read_bytes() == made, mend


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_text_is_found_again(language: str) -> None:
    found = gettext.GNUTranslations(BytesIO(catalogue(texts(language))))  # type: ignore[arg-type]

    for was, now in texts(language).items():
        assert found.gettext(was) == now


def test_no_text_of_allauth_is_said_twice() -> None:
    told = [one["was"] for one in read_yaml(HERE / "allauth.yaml")]

    assert len(told) == len(set(told))
