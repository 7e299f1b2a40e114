"""What the how-to pages tell operators to type exists, and every unit is explained."""

import re
from pathlib import Path

import pytest

from config.command import COMMANDS
from config.environment import settings
from launcher.places import ROOT
from standpipe.gateway.manifest import read_manifests

HOW_TO = ROOT / "docs" / "how-to"
PAGES = sorted([*HOW_TO.glob("*.md"), *(HOW_TO / "units").iterdir()])


def commands(text: str) -> set[str]:
    """Return every `standpipe …` in a line of shell or between backticks, two words of it."""
    found = re.findall(r"(?:^|[`/ ])standpipe ((?:[a-z][a-z-]*)(?: [a-z][a-z-]+)?)", text, re.M)
    return {" ".join(words.split()) for words in found}


def typed(text: str) -> str:
    """Return what stands in blocks of code, between backticks, or in a unit."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.S)
    return "\n".join(
        [*blocks, *re.findall(r"`[^`\n]+`", re.sub(r"```.*?```", "", text, flags=re.S))]
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_a_page_exists(page: Path):
    text = page.read_text()
    text = typed(text) if page.suffix == ".md" else text
    unknown = {
        words
        for words in commands(text)
        if words not in COMMANDS and words.split()[0] not in COMMANDS
    }

    assert unknown == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_on_a_page_exists(page: Path):
    known = {each.name for each in settings()}
    known |= {
        each.name for manifest in read_manifests(ROOT / "connectors") for each in manifest.settings
    }

    assert set(re.findall(r"\bSTANDPIPE_[A-Z_]+[A-Z]\b", page.read_text())) <= known


def test_every_unit_is_explained_in_the_how_to():
    production = (HOW_TO / "production.md").read_text()

    for unit in (HOW_TO / "units").iterdir():
        assert f"units/{unit.name}" in production


def test_every_link_on_a_page_leads_somewhere():
    for page in HOW_TO.glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
