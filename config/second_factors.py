"""`standpipe second-factors seal`: what codes are checked by, under the secret key of today."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from django.db import transaction

from standpipe.web.factor_secrets import counted, seal_again


def main(words: Sequence[str]) -> int:
    """Seal what was kept unsealed or under a former key; 1 if something cannot be read."""
    argparse.ArgumentParser(prog="standpipe second-factors seal").parse_args(words)
    with transaction.atomic():
        print(f"{seal_again()} sealed under STANDPIPE_SECRET_KEY.")
    left = list(faults())
    for fault in left:
        print(fault, file=sys.stderr)
    return 1 if left else 0


def faults() -> Iterator[str]:
    """Yield what an operator should mend about the secrets of second factors."""
    found = counted()
    if found["earlier"]:
        yield (
            f"{found['earlier']} secrets of second factors are not sealed under the secret key of "
            "today. Mend: standpipe second-factors seal."
        )
    if found["unreadable"]:
        yield (
            f"{found['unreadable']} secrets of second factors were sealed under a key that is not "
            "in the settings: nobody can sign in by them. Mend: put that key into "
            "STANDPIPE_FORMER_SECRET_KEYS, and standpipe second-factors seal."
        )
