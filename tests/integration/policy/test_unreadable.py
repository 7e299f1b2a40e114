"""A version that this release cannot read takes one service out, and is told before it is used."""

import pytest

from config.check import main as check
from standpipe.packs.loaded import kept, look_again, packs, packs_in_folder, unreadable
from standpipe.packs.models import PackSnapshot, Publication
from tests import make


@pytest.fixture
def published(owner, database):
    """A version of one service in force whose form has a word that this release does not know."""
    pack = packs_in_folder()["blue_badge"]
    files = {**pack.files, "form.yaml": "pages_of_old: []\n"}
    spoiled = PackSnapshot.objects.create(
        sha256="0" * 64, name=pack.name, version="99.0.0", files=files, first_used_at=make.AT
    )
    Publication.objects.create(
        name=pack.name,
        version="99.0.0",
        snapshot=spoiled,
        valid_from=make.AT.date(),
        at=make.AT,
    )
    look_again()
    yield spoiled
    owner.execute("ALTER TABLE packs_publication DISABLE TRIGGER USER")
    owner.execute("DELETE FROM packs_publication WHERE snapshot_id = %s", [spoiled.sha256])
    owner.execute("ALTER TABLE packs_publication ENABLE TRIGGER USER")
    owner.execute("DELETE FROM packs_packsnapshot WHERE sha256 = %s", [spoiled.sha256])
    kept.cache_clear()
    look_again()


def test_the_other_services_go_on_and_no_older_rule_decides(published):
    assert "blue_badge" not in packs()
    assert set(packs()) == set(packs_in_folder()) - {"blue_badge"}


def test_an_operator_is_told_before_the_release_is_put_to_use(published, capsys):
    assert check([]) == 1

    said = capsys.readouterr().err
    assert "blue_badge 99.0.0" in said
    assert "form.yaml" in said
    assert "stay with the release before it" in said


def test_what_can_be_read_is_not_told(database):
    # Other tests keep versions of a pack that never was.
    assert [one for one in unreadable() if one.partition(" ")[0] in packs_in_folder()] == []
