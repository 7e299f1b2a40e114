"""Every interface says what it is, is tested, and opens its doors to clients alone."""

from __future__ import annotations

from importlib import import_module
from typing import get_args

import pytest
from django.urls import URLPattern

from config.interfaces import FOLDER, Manifest, manifests
from standpipe.identity.actor import Scope
from standpipe.kernel.errors import FaultyFiles

FOLDERS = [path for path in sorted(FOLDER.iterdir()) if path.is_dir() and path.name[0] not in "._"]
MANIFESTS = manifests()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_an_interface_has_a_manifest_a_readme_and_tests(folder):
    missing = [name for name in ("manifest.yaml", "README.md") if not (folder / name).exists()]

    assert missing == []
    assert list(folder.glob("test_*.py"))


@pytest.mark.parametrize("interface", MANIFESTS, ids=lambda one: one.name)
def test_its_doors_are_open_to_clients_alone_and_ask_for_its_scopes(interface):
    asked = set()
    for route in doors(interface):
        assert route.callback.open_to == {"client"}, route.pattern
        asked |= set(route.callback.scopes.values())

    assert asked == set(interface.scopes)
    assert asked <= set(get_args(Scope))


def doors(interface: Manifest) -> list[URLPattern]:
    """Return the routes of an interface."""
    return [
        route
        for mount in interface.mounts
        for route in import_module(f"interfaces.{interface.name}.{mount.module}").routes
    ]


def test_a_faulty_manifest_is_named_with_its_line(tmp_path):
    (tmp_path / "post").mkdir()
    (tmp_path / "post" / "manifest.yaml").write_text("name: post\nmounts: []\n")

    with pytest.raises(FaultyFiles, match=r"manifest\.yaml"):
        manifests(tmp_path)
