"""
For maintainers: compile the stylesheet and fetch the script that pages use; needs npm.

    python standpipe/web/assets/build.py

What it writes to standpipe/web/static/standpipe/ is committed, so that nobody else needs npm.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "static" / "standpipe"

# The Royal Arms belong to the Crown; services off GOV.UK may not show them.
CREST = re.compile(
    r"\.govuk-footer__copyright-logo(?:::before)?\{[^{}]*\}"
    r"|@supports[^{]*\{\.govuk-footer__copyright-logo::before\{[^{}]*\}\}"
    r"|@media[^{]*\{\.govuk-footer__copyright-logo::before\{[^{}]*\}\}"
)


class NotAllowed(Exception):
    """The compiled files hold something that is GOV.UK's own."""


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("package.json", "standpipe.scss"):
            shutil.copy(HERE / name, folder)
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "install", "--no-audit", "--no-fund"], cwd=folder, check=True)  # noqa: S603
        compiled = subprocess.run(  # noqa: S603
            [
                folder / "node_modules" / ".bin" / "sass",
                *("--style=compressed", "--no-source-map", "--load-path=node_modules"),
                "standpipe.scss",
            ],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
        package = folder / "node_modules" / "govuk-frontend"
        stylesheet = without_crest(compiled.stdout)
        script = (package / "dist" / "govuk" / "govuk-frontend.min.js").read_text(encoding="utf-8")
        # Its source map is not shipped, so nothing may point to one.
        script = re.sub(r"//# sourceMappingURL=\S+\s*$", "", script)
        STATIC.mkdir(parents=True, exist_ok=True)
        (STATIC / "standpipe.min.css").write_text(stylesheet, encoding="utf-8")
        page = (HERE / "page.js").read_text(encoding="utf-8")
        (STATIC / "standpipe.min.js").write_text(f"{script}\n{page}", encoding="utf-8")


def without_crest(stylesheet: str) -> str:
    """
    Remove the rules that show the Royal Arms.

    :raises NotAllowed: if pictures or fonts are still named after that
    """
    cleaned = CREST.sub("", stylesheet)
    if "url(" in cleaned or "GDS Transport" in cleaned:
        raise NotAllowed("The stylesheet still names a picture or GDS Transport.")
    return cleaned


if __name__ == "__main__":
    main()
