import sys
from pathlib import Path

# The tests of packs share `pack_folders`, which is no test and no part of the platform.
sys.path.insert(0, str(Path(__file__).parent))
