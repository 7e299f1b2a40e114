"""Opening files from strangers in a process of its own, which can hurt nobody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping

from standpipe.documents.refusals import REASONS, NotAcceptable
from standpipe.kernel.errors import Unavailable

# What a file may cost: time of the processor, which a busy machine does not use up.
SECONDS = 10
# And what a person waits at most, however busy the machine is.
PATIENCE_SECONDS = 40
MEMORY_BYTES = 300 * 1024 * 1024


def open_in_cage(content: bytes, *, task: str, options: Mapping[str, object]) -> tuple[bytes, str]:
    """
    Do a task of `caged` in a new process; return the clean file and its media type.

    The process has 10 seconds of processor time and 300 MB, no variables (and so no secrets),
    and may write no file. What it cannot digest kills it and nothing else.

    :raises NotAcceptable: if the file is at fault
    :raises Unavailable: if the machine was too busy to open it
    """
    order = json.dumps({"task": task, **options}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-B", "-m", "standpipe.documents.caged"],
            input=order + content,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
            cwd="/",
            env={"PYTHONPATH": os.pathsep.join(part for part in sys.path if part)},
        )
    except subprocess.TimeoutExpired:
        raise Unavailable("A file could not be opened in time; this machine is busy.") from None
    if done.returncode != 0:
        # It died while reading: by a limit, or because the file is not what it seems.
        raise NotAcceptable("too_complex" if done.returncode < 0 else "unreadable")
    header, _, clean = done.stdout.partition(b"\n")
    answer = json.loads(header)
    if "refused" in answer:
        raise NotAcceptable(answer["refused"] if answer["refused"] in REASONS else "unreadable")
    return clean, answer["media_type"]
