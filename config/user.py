"""`standpipe user create`: the first member of staff of an organisation."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Sequence
from typing import get_args

from allauth.account.models import EmailAddress
from django.utils import timezone

from standpipe.identity.actions import create_account, employ
from standpipe.identity.actor import Role, system
from standpipe.places.actions import organisation_id


def main(words: Sequence[str]) -> int:
    """Make an account and employ it; the password is asked for, or read from standard input."""
    parser = argparse.ArgumentParser(prog="standpipe user create")
    parser.add_argument("email")
    parser.add_argument("--name", required=True)
    parser.add_argument("--organisation", required=True, help="as in the place's organisations")
    parser.add_argument("--role", action="append", choices=get_args(Role), required=True)
    arguments = parser.parse_args(words)
    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().strip()
    organisation = organisation_id(arguments.organisation)
    account = create_account(
        arguments.email,
        name=arguments.name,
        password=password,
        actor=system(organisation, task="user create"),
        at=timezone.now(),
    )
    employ(account, organisation=organisation, roles=arguments.role)
    # Whoever may run this vouches for the address.
    EmailAddress.objects.create(user_id=account, email=arguments.email, verified=True, primary=True)
    print(f"{arguments.email} works for {arguments.organisation} as {', '.join(arguments.role)}")
    return 0
