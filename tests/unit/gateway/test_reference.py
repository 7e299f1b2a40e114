"""The reference of connectors tells what a manifest says."""

from pathlib import Path

from standpipe.gateway.manifest import read_manifests
from standpipe.gateway.reference import connectors_reference

CONNECTORS = Path(__file__).parents[3] / "connectors"


def test_every_connector_has_its_section_with_every_setting():
    manifests = read_manifests(CONNECTORS)

    page = connectors_reference(manifests)

    for manifest in manifests:
        assert f"## `{manifest.name}`" in page
        assert all(f"| `{setting.name}` |" in page for setting in manifest.settings)
        assert all(f"`{attribute}`" in page for attribute in manifest.attributes)
