"""The Jinja environment of the pages."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)

TEMPLATES = Path(__file__).resolve().parent / "jinja2"


def environment(**options: Any) -> Environment:
    """Return the environment for Django's Jinja backend; templates never change while it runs."""
    options.update(
        auto_reload=False,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        # Compiled templates of this process's user alone; a restart compiles what has changed.
        bytecode_cache=FileSystemBytecodeCache(tempfile.mkdtemp(prefix="standpipe-templates-")),
        loader=ChoiceLoader(
            [
                FileSystemLoader(TEMPLATES),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
    )
    made = Environment(**options)  # noqa: S701
    made.globals.update(static=static, url=_url)
    return made


def strict(made: Environment) -> Environment:
    """Have an environment refuse names that a page was not given; for the tests."""
    made.undefined = StrictUndefined
    return made


def _url(name: str, *arguments: object) -> str:
    return reverse(name, args=arguments)
