"""
Checks DMN files against the OMG's schema of DMN 1.3, as SpiffWorkflow (LGPL) carries it.

Run apart: `schema.py FILE…` prints one JSON list of faults a file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import SpiffWorkflow.dmn.parser
from lxml import etree

folder = Path(SpiffWorkflow.dmn.parser.__file__).parent / "schema"
schema = etree.XMLSchema(etree.parse(str(folder / "DMN13.xsd")))
found = {}
for name in sys.argv[1:]:
    schema.validate(etree.parse(name))
    found[name] = [str(fault) for fault in schema.error_log]
print(json.dumps(found))
