"""
A throwaway PostgreSQL for a run of the tests, which lives as long as that run.

Several test processes share it and none of them outlives the others for sure, so it is kept by a
process of its own. Nothing in it outlasts a power cut: it does not wait for the disk.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

from launcher.postgres import Server
from launcher.processes import Stopped, deafen, hear_stop

HASTY = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "2GB", "jit": "off"}


def main(folder: Path, *, port: int, keep_while: int) -> None:
    """Serve until the process `keep_while` is gone, then delete all of it."""
    server = Server(folder, settings=HASTY, port=port)
    server.forget()
    try:
        hear_stop()
        server.start()
        (folder.parent / "ready").touch()
        while _lives(keep_while) and server.is_running():
            time.sleep(0.5)
    except Stopped:
        pass
    finally:
        deafen()
        server.stop()
        server.forget()
        shutil.rmtree(folder.parent, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]), port=int(sys.argv[2]), keep_while=int(sys.argv[3]))
