"""`standpipe audit verify` and `audit checkpoint`: is the audit log whole, and was it rewritten?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from standpipe.audit.queries import heads, verify


def main_verify(words: Sequence[str]) -> int:
    """Recompute every hash; print each fault, or the root of a log that is whole."""
    parser = argparse.ArgumentParser(prog="standpipe audit verify")
    parser.add_argument(
        "--checkpoint", type=Path, help="what `standpipe audit checkpoint` printed earlier"
    )
    arguments = parser.parse_args(words)
    kept = json.loads(arguments.checkpoint.read_text()) if arguments.checkpoint else None
    found = verify(checkpoint=[(chain, length, head) for chain, length, head in kept or []])
    for fault in found.faults:
        print(fault, file=sys.stderr)
    if not found.faults:
        print(f"{found.entries} entries in {found.chains} chains, whole. Root {found.root}")
    return 1 if found.faults else 0


def main_checkpoint(words: Sequence[str]) -> None:
    """
    Print where every chain ends, as JSON.

    Kept where the database's administrators cannot write, it shows a log that was rewritten from
    the start, which agrees with itself.
    """
    argparse.ArgumentParser(prog="standpipe audit checkpoint").parse_args(words)
    print(json.dumps(heads()))
