"""`standpipe kiosk address`: the address that makes a browser a public computer."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from standpipe.identity.actor import system
from standpipe.kiosks.actions import give_key
from standpipe.places.actions import organisation_id


def main(words: Sequence[str]) -> int:
    """Print the address to open once on a computer; it ends the one printed before for it."""
    parser = argparse.ArgumentParser(prog="standpipe kiosk address")
    parser.add_argument("--organisation", required=True, help="as in the place's organisations")
    parser.add_argument("--name", required=True, help="what the computer is called, such as desk 2")
    arguments = parser.parse_args(words)
    organisation = organisation_id(arguments.organisation)
    key = give_key(
        arguments.name,
        organisation=organisation,
        actor=system(organisation, task="kiosk address"),
        at=timezone.now(),
    )
    print(f"{settings.ENV.origin}{reverse('open_kiosk', args=[key])}")
    return 0
