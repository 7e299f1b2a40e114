"""`standpipe place load`: the organisations of the place, and the addresses of a synthetic one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from standpipe.packs.loaded import place
from standpipe.places.actions import load_addresses, load_organisations
from standpipe.places.residents import generate


def main(words: Sequence[str]) -> int:
    """Load the place; safe to run again, as after every change of its folder."""
    arguments = argparse.ArgumentParser(prog="standpipe place load", description=__doc__)
    arguments.add_argument("--residents", type=int, default=20_000, help="how many to make up")
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args(words)
    here = place()
    load_organisations(here)
    print(f"{len(here.organisations)} organisations of {here.name.en}", flush=True)
    if here.synthetic:
        residents = generate(here, seed=chosen.seed, count=chosen.residents)
        count = load_addresses(
            residents, progress=lambda done: print(f"\r{done:,} addresses", end="")
        )
        print(f"\r{count:,} addresses", flush=True)
    return 0
