"""Opening files from strangers in a process of its own, which can hurt nobody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping

from standpipe.documents.refusals import REASONS, NotAcceptable

SECONDS = 10
MEMORY_BYTES = 300 * 1024 * 1024


def open_in_cage(content: bytes, *, task: str, options: Mapping[str, object]) -> tuple[bytes, str]:
    """
    Do a task of `caged` in a new process; return the clean file and its media type.

    The process has 10 seconds and 300 MB, no variables (and so no secrets), and may write no
    file. What it cannot digest kills it and nothing else.

    :raises NotAcceptable: if the file is at fault
    """
    order = json.dumps({"task": task, **options}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-B", "-m", "standpipe.documents.caged"],
            input=order + content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd="/",
            env={"PYTHONPATH": os.pathsep.join(part for part in sys.path if part)},
        )
    except subprocess.TimeoutExpired:
        raise NotAcceptable("too_complex") from None
    if done.returncode != 0:
        # It died while reading: by a limit, or because the file is not what it seems.
        raise NotAcceptable("too_complex" if done.returncode < 0 else "unreadable")
    header, _, clean = done.stdout.partition(b"\n")
    answer = json.loads(header)
    if "refused" in answer:
        raise NotAcceptable(answer["refused"] if answer["refused"] in REASONS else "unreadable")
    return clean, answer["media_type"]
