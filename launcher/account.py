"""
As whom PostgreSQL runs, which refuses to run as root.

An ordinary user runs it as themselves. Root runs it in a user namespace of its own, where root is
seen as an ordinary user: nothing is copied and nobody's folder changes. Where namespaces are not to
be had (a chroot, most containers) root runs it as `nobody`, in folders made for it alone.
"""

from __future__ import annotations

import ctypes
import functools
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from launcher.places import ROOT, STATE

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
# Any user but root: the number that root appears to have inside the namespace.
SEEN_AS = 1000


class NoAccount(RuntimeError):
    """Somebody else holds the folder that PostgreSQL would use."""


class Account:
    """The person's own: an ordinary user, who needs nothing special."""

    def data(self, folder: Path) -> Path:
        """Return where the data goes instead of `folder`; here, `folder` itself."""
        return folder

    def programs(self, folder: Path) -> Path:
        """Return where the programs of `folder` can be run from."""
        return folder

    def make_folder(self, folder: Path) -> None:
        """Make a folder that only PostgreSQL reads."""
        folder.mkdir(parents=True, mode=0o700)

    def own(self, file: Path) -> None:
        """Give PostgreSQL a file that we wrote."""

    def process(self, *, dies_with_parent: bool = False) -> dict[str, Any]:
        """Return what `subprocess` needs to start a program in this account."""
        return {"preexec_fn": functools.partial(_die_with_parent) if dies_with_parent else None}


class Namespace(Account):
    """Root, seen as an ordinary user in a user namespace of its own."""

    def process(self, *, dies_with_parent: bool = False) -> dict[str, Any]:
        def prepare() -> None:
            _enter_namespace()
            # After the change of identity, which forgets it.
            if dies_with_parent:
                _die_with_parent()

        return {"preexec_fn": prepare}


class Nobody(Account):
    """Root, running PostgreSQL as `nobody` where nobody can read."""

    def __init__(self) -> None:
        self.user = pwd.getpwnam("nobody")
        # One folder for each checkout, kept over restarts of the machine.
        self.home = Path("/var/tmp") / f"standpipe-{_name(ROOT)}"

    def data(self, folder: Path) -> Path:
        if _others_can_reach(folder):
            return folder
        return self._own_home() / folder.relative_to(STATE)

    def programs(self, folder: Path) -> Path:
        if _others_can_reach(folder / "postgres"):
            return folder
        # The libraries and share folders stand beside the programs and are found from there.
        copy = self._own_home() / f"postgres-{_name(folder)}"
        if not copy.exists():
            unfinished = Path(tempfile.mkdtemp(dir=self.home))
            shutil.copytree(folder.parent, unfinished, symlinks=True, dirs_exist_ok=True)
            unfinished.chmod(0o755)
            unfinished.rename(copy)
        return copy / folder.name

    def make_folder(self, folder: Path) -> None:
        for parent in reversed(folder.parents):
            if not parent.exists():
                _make_reachable(parent)
        folder.mkdir(mode=0o700)
        self.own(folder)

    def own(self, file: Path) -> None:
        os.chown(file, self.user.pw_uid, self.user.pw_gid)

    def process(self, *, dies_with_parent: bool = False) -> dict[str, Any]:
        return {
            "user": self.user.pw_uid,
            "group": self.user.pw_gid,
            "extra_groups": [],
            **super().process(dies_with_parent=dies_with_parent),
        }

    def _own_home(self) -> Path:
        # /var/tmp is everybody's: a folder that another user put there first is not ours.
        if not self.home.exists():
            _make_reachable(self.home)
        if self.home.is_symlink() or self.home.stat().st_uid != 0:
            raise NoAccount(f"{self.home} belongs to somebody else. Remove it.")
        return self.home


def account_for(folder: Path) -> Account:
    """Return the account in which this process can run PostgreSQL with its data in `folder`."""
    if os.geteuid() != 0:
        return Account()
    return Namespace() if namespaces_work() else Nobody()


def _others_can_reach(path: Path) -> bool:
    path = path.resolve()
    return all(parent.stat().st_mode & 0o001 for parent in path.parents if parent.exists())


def _make_reachable(folder: Path) -> None:
    folder.mkdir()
    # Whatever the umask took away.
    folder.chmod(0o755)


def _name(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:16]


@functools.cache
def namespaces_work() -> bool:
    """Return whether this process may make a user namespace; not so in most containers."""
    try:
        trial = subprocess.run(
            [sys.executable, "-c", "import os; raise SystemExit(os.getuid() == 0)"],
            preexec_fn=_enter_namespace,
            check=False,
            capture_output=True,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return trial.returncode == 0


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _enter_namespace() -> None:
    if _libc().unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "no user namespace")
    for name, words in (
        ("setgroups", "deny"),
        ("uid_map", f"{SEEN_AS} 0 1"),
        ("gid_map", f"{SEEN_AS} 0 1"),
    ):
        Path(f"/proc/self/{name}").write_text(words)


def _die_with_parent(how: signal.Signals = signal.SIGINT) -> None:
    # Linux alone; elsewhere a server left over is stopped by the next start.
    if sys.platform == "linux":
        _libc().prctl(PR_SET_PDEATHSIG, how)


def die_with_parent(how: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn` that has the child get a signal when its parent dies, however."""
    return functools.partial(_die_with_parent, how)
