"""Where things are in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Everything a demo keeps: deleting this folder forgets it.
STATE = ROOT / ".standpipe"
DEMO = STATE / "demo"
TESTS = STATE / "test"
BOOT = ROOT / ".boot"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
