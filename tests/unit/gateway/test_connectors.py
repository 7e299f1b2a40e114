"""Connectors are built from their folders, or start-up stops and says why."""

import shutil
from pathlib import Path

import pytest

from standpipe.gateway.connectors import load_connectors
from standpipe.gateway.contracts import AttributeRegistry, MessageSender, PaymentProvider
from standpipe.kernel.errors import Misconfigured

CONNECTORS = Path(__file__).parents[3] / "connectors"
SETTINGS = {
    "STANDPIPE_DFT_URL": "https://dft.example",
    "STANDPIPE_DFT_CLIENT_ID": "name",
    "STANDPIPE_DFT_CLIENT_SECRET": "secret",
    "STANDPIPE_DFT_AUTHORITIES": "borrowdale_county=BORRO",
    "STANDPIPE_DWP_URL": "https://dwp.example",
    "STANDPIPE_DWP_CLIENT_ID": "name",
    "STANDPIPE_DWP_CLIENT_SECRET": "secret",
    "STANDPIPE_NOTIFY_URL": "https://notify.example",
    "STANDPIPE_NOTIFY_KEY": "x-26785a09-ab16-4eb0-8407-a37497a57506"
    "-3d844edf-8d35-48ac-975b-e847b4f122b0",
    "STANDPIPE_PAY_URL": "https://pay.example",
    "STANDPIPE_PAY_KEY": "api_test_key",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A package of connectors of its own, to be spoilt; its name is free of `connectors`."""
    monkeypatch.syspath_prepend(tmp_path)
    package = tmp_path / f"connectors_{tmp_path.name}".replace("-", "_")
    shutil.copytree(CONNECTORS / "govuk_pay", package / "govuk_pay")
    return package


def test_each_connector_is_found_by_its_contract_or_name():
    connectors = load_connectors(CONNECTORS, SETTINGS)

    assert isinstance(connectors.registry("dwp_benefits"), AttributeRegistry)
    assert connectors.contract(MessageSender) is not connectors.contract(PaymentProvider)
    assert {one.name for one in connectors} >= {"dwp_benefits", "govuk_notify", "govuk_pay"}
    assert set(connectors.circuit_states().values()) == {"closed"}
    connectors.close()


def test_what_is_not_a_registry_is_not_given_as_one():
    connectors = load_connectors(CONNECTORS, SETTINGS)

    for name in ("govuk_pay", "nobody"):
        with pytest.raises(Misconfigured, match=name):
            connectors.registry(name)


def test_every_missing_setting_of_every_connector_is_named_at_once():
    with pytest.raises(Misconfigured) as missing:
        load_connectors(CONNECTORS, {})

    for name in SETTINGS:
        assert f"setting {name} is not set" in str(missing.value)


def test_an_address_by_number_stops_start_up():
    with pytest.raises(Misconfigured, match="STANDPIPE_PAY_URL"):
        load_connectors(CONNECTORS, {**SETTINGS, "STANDPIPE_PAY_URL": "http://127.0.0.1:8413"})


def test_deleting_the_folder_removes_the_connector(folder):
    connectors = load_connectors(folder, SETTINGS)

    assert [one.name for one in connectors] == ["govuk_pay"]
    with pytest.raises(Misconfigured, match="0 fulfil MessageSender"):
        connectors.contract(MessageSender)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (None, "the file is missing"),
        ("", "no function connect"),
        ("def connect(settings, outbound):\n    return object()\n", "does not fulfil"),
    ],
)
def test_a_connector_that_breaks_its_contract_stops_start_up(folder, code, words):
    path = folder / "govuk_pay" / "connector.py"
    path.unlink()
    if code is not None:
        path.write_text(code)

    with pytest.raises(Misconfigured, match=words):
        load_connectors(folder, SETTINGS)
