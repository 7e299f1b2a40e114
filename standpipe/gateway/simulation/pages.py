"""Plain, accessible pages for people who try out a simulator."""

from __future__ import annotations

import re
from html import escape

_STYLE = """
body { margin: 0; font: 1.1875rem/1.4 arial, sans-serif; color: #0b0c0c; background: #fff }
header { background: #1d3f5f; color: #fff; padding: 0.75rem 1rem }
header p { margin: 0 auto; max-width: 60rem }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 2rem; line-height: 1.15 }
a { color: #1a5a96 } a:focus { background: #fd0; color: #0b0c0c; outline: 3px solid #fd0 }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; vertical-align: top;
  padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid #b1b4b6; overflow-wrap: anywhere }
dt { font-weight: bold } dd { margin: 0 0 0.75rem; overflow-wrap: anywhere }
.message { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 5px solid #b1b4b6;
  padding-left: 1rem }
.field { margin-bottom: 1.5rem } label { display: block; font-weight: bold }
.hint { color: #484b4e; margin: 0 } .error { color: #ca3535; font-weight: bold; margin: 0.25rem 0 }
.failed { border-left: 5px solid #ca3535; padding-left: 1rem }
input { font: inherit; border: 2px solid #0b0c0c; padding: 0.3rem; max-width: 100%;
  box-sizing: border-box }
input:focus, button:focus { outline: 3px solid #fd0; box-shadow: inset 0 0 0 2px #0b0c0c }
button { font: inherit; padding: 0.5rem 0.75rem; border: 0; background: #0f7a52; color: #fff }
button.quiet { background: #f3f2f1; color: #0b0c0c }
.summary { border: 5px solid #ca3535; padding: 1rem; margin-bottom: 1.5rem }
.summary h2 { margin-top: 0 } .summary a { color: #ca3535; font-weight: bold }
fieldset { border: 0; margin: 0 0 1.5rem; padding: 0 } legend { font-weight: bold; padding: 0 }
.parts { display: flex; gap: 1rem } .parts label { font-weight: normal }
"""

_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")


def page(title: str, main: str, *, notice: str, language: str = "en", prefix: str = "") -> str:
    """
    Return a whole page; `main` is HTML, the others are text. The title is also the heading.

    `prefix` stands before the title alone, as "Error: " does.
    """
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(prefix + title)}</title><style>{_STYLE}</style></head>"
        f"<body><header><p>{escape(notice)}</p></header>"
        f"<main><h1>{escape(title)}</h1>{main}</main></body></html>"
    )


def with_links(text: str) -> str:
    """Return a text as HTML in which web addresses can be followed."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        url = escape(found.group())
        parts += [escape(text[end : found.start()]), f'<a href="{url}">{url}</a>']
        end = found.end()
    return "".join([*parts, escape(text[end:])])
