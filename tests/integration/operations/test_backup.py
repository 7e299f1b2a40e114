"""A backup comes back equal in every table, file and audit hash, or not at all."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from launcher.places import ROOT
from launcher.stack import Addresses
from launcher.trial import Trial
from standpipe.kernel.canonical import canonical_json

# Every byte there is, as a file that somebody sent might have them.
FILE = bytes(range(256)) * 40
Standpipe = Callable[..., subprocess.CompletedProcess]


@pytest.fixture(scope="module")
def standpipe(databases: Trial) -> Standpipe:
    """Runs one `standpipe` command, as an operator does, on a database of this run."""

    def run(*words: str, on: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "config.command", *words],
            cwd=ROOT,
            env={**os.environ, **databases.variables(on)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="module")
def place(databases: Trial) -> Addresses:
    """A database with the place, a chained audit log, an uploaded file and awkward text."""
    addresses = databases.clone(f"backup_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    with psycopg.connect(addresses.owner, autocommit=True) as connection:
        fill(connection)
    return addresses


def fill(connection: psycopg.Connection) -> None:
    """Enter rows of the kinds that a careless copy loses."""
    connection.execute(
        "INSERT INTO shared_cache VALUES (%s, %s, now())",
        ["awkward\tkey\\N", "Tŷ Gwyn\n\\. \r\\t \u202e 𝒜\x01"],
    )
    connection.execute(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, args)"
        " SELECT 'forget', 'housekeeping', jsonb_build_object('n', n)"
        " FROM generate_series(1, 50) n"
    )
    (organisation,) = connection.execute("SELECT id FROM places_organisation LIMIT 1").fetchone()
    person = uuid4()
    connection.execute("INSERT INTO identity_person VALUES (%s, now())", [person])
    connection.execute(
        "INSERT INTO documents_document (id, person_id, organisation_id, what, name, media_type,"
        " size, sha256, content, made, at)"
        " VALUES (%s, %s, %s, 'application:SP-0000-0000', 'photo.jpg', 'image/jpeg', %s, %s, %s,"
        " false, now())",
        [uuid4(), person, organisation, len(FILE), sha256(FILE).hexdigest(), FILE],
    )
    for number in range(20):
        connection.execute(
            "INSERT INTO audit_entry (id, chain, position, at, verb, organisation_id, subjects,"
            " body, previous_hash, hash)"
            " VALUES (%(id)s, %(chain)s, 0, %(at)s, 'data.read', NULL, '{}', %(body)s, '', '')",
            entry(number),
        )


def entry(number: int) -> dict[str, object]:
    """Return an entry of the audit log as the application would write it."""
    at = datetime(2026, 11, 22, 9, number, tzinfo=UTC)
    identifier = uuid4()
    body = canonical_json(
        {
            "id": identifier,
            "verb": "data.read",
            "at": at,
            "organisation": None,
            "subjects": [],
            "what": f"case:{number}",
        }
    )
    return {"id": identifier, "chain": number % 3, "at": at, "body": body}


def contents(address: str) -> dict[str, list]:
    """Return every row of every table as text, sorted, by a way that knows nothing of backups."""
    with psycopg.connect(address) as connection:
        names = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        found = {
            name: sorted(
                row[0] for row in connection.execute(f'SELECT t::text FROM "{name}" t').fetchall()
            )
            for (name,) in names
        }
        found["sequences"] = connection.execute(
            "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
        ).fetchall()
        return found


@pytest.fixture(scope="module")
def kept(place, databases, standpipe, tmp_path_factory) -> Path:
    """A backup of that place; do not change it."""
    folder = tmp_path_factory.mktemp("backups") / "kept"
    backed_up = standpipe("backup", str(folder), on=name_of(place, databases))
    assert backed_up.returncode == 0, backed_up.stderr
    return folder


def name_of(addresses: Addresses, databases: Trial) -> str:
    """Return the short name under which a run of the tests knows a database."""
    return addresses.owner.rpartition("_trial_")[2].partition("_")[2]


def test_every_table_file_and_audit_hash_comes_back(place, kept, databases, standpipe):
    source = name_of(place, databases)
    target = name_of(databases.empty(f"{source}_restored"), databases)

    restored = standpipe("restore", str(kept), on=target)
    assert restored.returncode == 0, restored.stderr

    before, after = contents(place.owner), contents(databases.addresses(target).owner)
    assert before.keys() == after.keys()
    assert len(before["documents_document"]) == 1
    assert len(before["audit_entry"]) == 20
    for table, rows in before.items():
        assert rows == after[table], table
    roots = [standpipe("audit", "verify", on=each) for each in (source, target)]
    assert roots[0].stdout == roots[1].stdout
    assert "Root" in roots[0].stdout
    checked = standpipe("check", on=target)
    assert "STANDPIPE_DATABASE_URL" not in checked.stderr


def flip_a_row(folder: Path) -> None:
    """Change a row, and the file so that it can be unpacked."""
    file = folder / "tables" / "procrastinate_jobs.gz"
    rows = gzip.decompress(file.read_bytes())
    file.write_bytes(gzip.compress(rows.replace(b"housekeeping", b"housebreaking", 1)))


def drop_a_row(folder: Path) -> None:
    """Leave out the last row."""
    file = folder / "tables" / "procrastinate_jobs.gz"
    rows = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(rows[:-1])))


def cut_a_file(folder: Path) -> None:
    """Break a file off, as a full disk does."""
    file = folder / "tables" / "places_address.gz"
    file.write_bytes(file.read_bytes()[:-20])


def lose_a_file(folder: Path) -> None:
    """Delete a table."""
    (folder / "tables" / "audit_entry.gz").unlink()


def forge_the_manifest(folder: Path) -> None:
    """Change a row and the manifest with it, as somebody who has read the code would."""
    flip_a_row(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["tables"][0]["rows"] += 1
    (folder / "manifest.json").write_text(json.dumps(manifest))


def lose_the_seal(folder: Path) -> None:
    """Delete what vouches for the manifest."""
    (folder / "manifest.seal").unlink()


@pytest.mark.parametrize(
    "tamper",
    [flip_a_row, drop_a_row, cut_a_file, lose_a_file, forge_the_manifest, lose_the_seal],
    ids=lambda each: each.__name__,
)
def test_a_tampered_backup_is_refused_and_leaves_nothing(
    tamper, place, kept, databases, standpipe, tmp_path
):
    target = name_of(databases.empty(f"{name_of(place, databases)}_tampered"), databases)
    tampered = shutil.copytree(kept, tmp_path / "tampered")

    tamper(tampered)
    refused = standpipe("restore", str(tampered), on=target)

    assert refused.returncode == 1
    assert "was changed" in refused.stderr or "is missing" in refused.stderr
    assert contents(databases.addresses(target).owner) == {"sequences": []}


def test_a_restore_never_overwrites(place, kept, databases, standpipe):
    refused = standpipe("restore", str(kept), on=name_of(place, databases))

    assert refused.returncode == 1
    assert "The database has tables" in refused.stderr


def test_a_backup_is_readable_by_its_owner_alone_and_never_replaced(
    place, kept, databases, standpipe
):
    again = standpipe("backup", str(kept), on=name_of(place, databases))

    assert kept.stat().st_mode & 0o077 == 0
    assert again.returncode == 1
    assert "is there already" in again.stderr


def test_the_application_role_may_not_restore(databases, tmp_path):
    variables = {**os.environ, **databases.variables("main")}
    variables.pop("STANDPIPE_OWNER_DATABASE_URL")
    refused = subprocess.run(
        [sys.executable, "-m", "config.command", "backup", str(tmp_path / "kept")],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 2
    assert "STANDPIPE_OWNER_DATABASE_URL is missing" in refused.stderr
