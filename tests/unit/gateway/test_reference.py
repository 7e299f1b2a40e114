"""The reference of connectors is what their manifests say today."""

from pathlib import Path

from standpipe.gateway.manifest import read_manifests
from standpipe.gateway.reference import connectors_reference

ROOT = Path(__file__).parents[3]


def test_the_reference_is_up_to_date():
    written = (ROOT / "docs" / "reference" / "connectors.md").read_text()

    assert written == connectors_reference(read_manifests(ROOT / "connectors")), (
        "run: python -m standpipe.gateway.reference connectors > docs/reference/connectors.md"
    )
