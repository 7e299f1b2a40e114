"""Every setting of the platform, once: name, type, default, help. Nothing else reads variables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from standpipe.kernel.errors import Misconfigured

PREFIX = "STANDPIPE_"
ROOT = Path(__file__).resolve().parent.parent


class WrongSettings(Misconfigured):
    """Settings are missing or cannot be read; the message has one line for each, by name."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of setting: its name in the reference, and how its text is read."""

    name: str
    read: Callable[[str], object]


def _text(written: str) -> str:
    return written


def _list(written: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in written.split(",") if part.strip())


def _address(written: str) -> str:
    parts = urlsplit(written)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
        raise ValueError("give scheme and host alone, as in https://apply.example.gov.uk")
    return written.rstrip("/")


def _database(written: str) -> str:
    if urlsplit(written).scheme not in ("postgresql", "postgres"):
        raise ValueError("give a PostgreSQL address, as in postgresql://name@host:5432/standpipe")
    return written


def _secret_key(written: str) -> str:
    if len(written) < 50:
        raise ValueError("give at least 50 random characters")
    return written


def _secret_keys(written: str) -> tuple[str, ...]:
    return tuple(_secret_key(each) for each in _list(written))


def _folder(written: str) -> Path:
    folder = Path(written)
    if not folder.is_dir():
        raise ValueError(f"{written} is not a folder")
    return folder.resolve()


def _file(written: str) -> Path:
    file = Path(written)
    if not file.is_file():
        raise ValueError(f"{written} is not a file")
    return file.resolve()


def _yes_or_no(written: str) -> bool:
    if written not in ("yes", "no"):
        raise ValueError("write yes or no")
    return written == "yes"


def _one_of(*choices: str) -> Kind:
    def read(written: str) -> str:
        if written not in choices:
            raise ValueError(f"write one of: {', '.join(choices)}")
        return written

    return Kind(" | ".join(choices), read)


def _whole(*, least: int, most: int) -> Kind:
    def read(written: str) -> int:
        if not written.isdecimal() or not least <= int(written) <= most:
            raise ValueError(f"write a whole number from {least} to {most}")
        return int(written)

    return Kind(f"whole number, {least} to {most}", read)


TEXT = Kind("text", _text)
LIST = Kind("list, with commas", _list)
ADDRESS = Kind("web address", _address)
DATABASE = Kind("PostgreSQL address", _database)
SECRET_KEY = Kind("text, 50 characters or more", _secret_key)
SECRET_KEYS = Kind("list of such texts, with commas", _secret_keys)
FOLDER = Kind("folder", _folder)
FILE = Kind("file", _file)
YES_OR_NO = Kind("yes | no", _yes_or_no)


def _setting(
    kind: Kind,
    *,
    meaning: str,
    default: Any = MISSING,
    demo: str | None = None,
    test: str | None = None,
    secret: bool = False,
) -> Any:
    # A default of None means "may be left out"; those of demo and test hold there alone.
    notes = {"kind": kind, "help": meaning, "demo": demo, "test": test, "secret": secret}
    return field(default=default, metadata=notes, repr=not secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The settings, read and typed; the variable of `log_level` is STANDPIPE_LOG_LEVEL."""

    environment: str = _setting(
        _one_of("demo", "test", "production"),
        default="production",
        meaning="What this installation is for. Plain HTTP and simulators: in demo and test alone.",
    )
    secret_key: str = _setting(
        SECRET_KEY,
        secret=True,
        meaning="Signs cookies and codes, and seals the secrets of second factors. The same on "
        "every machine.",
    )
    former_secret_keys: tuple[str, ...] = _setting(
        SECRET_KEYS,
        secret=True,
        default=(),
        meaning="Secret keys of before, newest first: what they signed and sealed is still read.",
    )
    database_url: str = _setting(
        DATABASE,
        secret=True,
        meaning="How web and worker reach PostgreSQL: a role that row-level security binds.",
    )
    owner_database_url: str | None = _setting(
        DATABASE,
        secret=True,
        default=None,
        meaning="How migrate, backup and restore reach PostgreSQL: the role that owns the tables. "
        "Leave it out where web and worker run.",
    )
    origin: str = _setting(
        ADDRESS, meaning="The public address of this place, as people type it; no path."
    )
    hosts: tuple[str, ...] = _setting(
        LIST, default=(), meaning="Host names that are answered. The host of the origin always is."
    )
    place: str = _setting(TEXT, demo="borrowdale", meaning="The folder in places/ that is served.")
    places_dir: Path = _setting(FOLDER, default=ROOT / "places", meaning="Where places are.")
    packs_dir: Path = _setting(FOLDER, default=ROOT / "service_packs", meaning="Where packs are.")
    vocabulary_dir: Path = _setting(
        FOLDER, default=ROOT / "vocabulary", meaning="Where the attributes are."
    )
    connectors_dir: Path = _setting(
        FOLDER, default=ROOT / "connectors", meaning="Where the connectors are."
    )
    max_upload_mb: int = _setting(
        _whole(least=1, most=100),
        default=10,
        meaning="The largest file a person may upload, in MB.",
    )
    workers: int = _setting(
        _whole(least=1, most=256), default=2, meaning="Web server processes on this machine."
    )
    threads: int = _setting(
        _whole(least=1, most=64),
        default=2,
        meaning="Threads in each web process; each holds one database connection.",
    )
    job_concurrency: int = _setting(
        _whole(least=1, most=64), default=4, meaning="Background jobs that one worker does at once."
    )
    log_level: str = _setting(
        _one_of("debug", "info", "warning", "error"),
        default="info",
        meaning="The least that is logged.",
    )
    metrics_token: str | None = _setting(
        TEXT,
        secret=True,
        default=None,
        meaning="What Prometheus sends as bearer token to /metrics; without it there is no such "
        "page.",
    )
    trust_proxy: bool = _setting(
        YES_OR_NO,
        default=False,
        meaning="Whether X-Forwarded-Proto and X-Forwarded-For are believed: only behind a proxy "
        "that sets them itself.",
    )
    staff_second_factor: bool = _setting(
        YES_OR_NO,
        default=True,
        demo="no",
        test="no",
        meaning="Whether pages of staff open only to those who have set up an authenticator app or "
        "a passkey; whoever has not is led to do so. Residents never have to.",
    )
    clock_file: Path | None = _setting(
        FILE,
        default=None,
        meaning="A file with the seconds that the clock is ahead, or behind with a minus; it plays "
        "a year in an hour. Never in production.",
    )
    connectors: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Variables that are not listed here, by full name: connectors' manifests declare theirs."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the reference: what `standpipe settings` prints."""

    name: str
    kind: Kind
    default: str
    help: str
    secret: bool
    required: bool


def settings() -> Iterator[Setting]:
    """Give every setting of the platform, in the order of the list above."""
    for each in fields(Environment):
        if "kind" not in each.metadata:
            continue
        required = each.default is MISSING
        yield Setting(
            name=PREFIX + each.name.upper(),
            kind=each.metadata["kind"],
            default=_written(each.default, each.metadata),
            help=each.metadata["help"],
            secret=each.metadata["secret"],
            required=required,
        )


def environment(variables: Mapping[str, str]) -> Environment:
    """
    Read the settings from variables such as `os.environ`; an empty one counts as left out.

    :raises WrongSettings: naming every setting that is missing or cannot be read, never its value
    """
    given = {name: text.strip() for name, text in variables.items() if name.startswith(PREFIX)}
    given = {name: text for name, text in given.items() if text}
    kind = given.get("STANDPIPE_ENVIRONMENT")
    rehearsal = kind if kind in ("demo", "test") else "production"
    values: dict[str, Any] = {}
    faults: list[str] = []
    for each in fields(Environment):
        if "kind" not in each.metadata:
            continue
        name = PREFIX + each.name.upper()
        written = given.pop(name, each.metadata.get(rehearsal))
        if written is None:
            if each.default is MISSING:
                faults.append(f"{name} is missing: {each.metadata['help']}")
            continue
        try:
            values[each.name] = each.metadata["kind"].read(written)
        except ValueError as error:
            faults.append(f"{name} cannot be read: {error}.")
    if faults:
        raise WrongSettings("\n".join(faults))
    read = Environment(**values, connectors=given)
    if read.environment == "production" and not read.origin.startswith("https://"):
        raise WrongSettings("STANDPIPE_ORIGIN cannot be read: production needs https://.")
    if read.environment == "production" and read.clock_file:
        raise WrongSettings("STANDPIPE_CLOCK_FILE is set: production goes by the real time.")
    return read


def _written(default: object, notes: Mapping[str, Any]) -> str:
    if default is MISSING:
        return f"{notes['demo']}, in the demo alone" if notes["demo"] else ""
    if notes["demo"] and notes["demo"] == notes["test"]:
        return f"{_as_typed(default)}; in demo and test {notes['demo']}"
    return _as_typed(default)


def _as_typed(default: object) -> str:
    match default:
        case None | ():
            return ""
        case bool():
            return "yes" if default else "no"
        case Path():
            return f"{default.relative_to(ROOT)}/"
    return str(default)
