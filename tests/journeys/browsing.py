"""A visitor with a browser: opens pages, reads them, fills them in."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import quote

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from launcher.toolchain import chromium

# No traffic but ours: nothing is updated, synchronised or reported.
QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NARROW, WIDE = 360, 1280
# A wait for what does come: a busy machine takes long.
TIMEOUT_MS = 60_000
# Pages that one after another are left before they can be read.
MOST_LEFT = 20


@dataclass(frozen=True, slots=True)
class Setting:
    """How a visitor looks at the pages."""

    width: int = WIDE
    script: bool = True
    language: str = "en"


@dataclass
class Visitor:
    """One visitor; `seen` is told of each page that they come to, by its heading."""

    page: Page
    origin: str
    setting: Setting = Setting()
    seen: Callable[[Visitor], None] = lambda visitor: None
    visited: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to an address of the site."""
        self.page.goto(path if "://" in path else f"{self.origin}{path}")
        self._arrived()

    def press(self, words: str) -> None:
        """Press the button, or follow the link, of those words."""
        exact = self.page.get_by_role("button", name=words, exact=True)
        found = exact if exact.count() else self.page.get_by_role("link", name=words, exact=True)
        found.first.click()
        self.page.wait_for_load_state("load")
        self._arrived()

    def submit(self) -> None:
        """Press the main button of the page, whatever it says."""
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state("load")
        self._arrived()

    def submit_last(self) -> None:
        """Press the last button of the page's main part: other forms may stand above it."""
        self.page.locator("main form button[type=submit]").last.click()
        self.page.wait_for_load_state("load")
        self._arrived()

    def fill(self, sent: Mapping[str, str | list[str]]) -> None:
        """Fill in inputs by name: text, or what to choose of radios, tick boxes and lists."""
        for name, value in sent.items():
            if value in ("", []):
                continue
            inputs = self.page.locator(f"main [name='{name}']")
            first = inputs.first
            if first.evaluate("one => one.tagName") == "SELECT":
                first.select_option(str(value))
            elif first.get_attribute("type") in ("radio", "checkbox"):
                for each in [value] if isinstance(value, str) else value:
                    self.page.locator(f"main [name='{name}'][value='{each}']").check()
            else:
                first.fill(str(value))

    def upload(self, name: str, file: Mapping[str, Any]) -> None:
        """Choose a file: name, mimeType, buffer."""
        self.page.locator(f"main input[type=file][name='{name}']").set_input_files(file)  # type: ignore[arg-type]

    @property
    def path(self) -> str:
        """The address of the page without host and query."""
        return self.page.evaluate("location.pathname")

    @property
    def html(self) -> str:
        """The whole page as it stands; of a page that is being left, the one that comes."""
        for _ in range(MOST_LEFT):
            try:
                return self.page.content()
            except Error as error:
                if "navigating" not in error.message:
                    raise
                self.page.wait_for_load_state("load")
        raise AssertionError(f"{self.page.url} leads on and on")

    @property
    def heading(self) -> str:
        """The words of the page's only main heading."""
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def text(self) -> str:
        """Everything there is to read in the page's main part."""
        return self.page.locator("main").inner_text()

    @property
    def errors(self) -> list[str]:
        """What the summary says is wrong."""
        return self.page.locator(".govuk-error-summary__list li").all_inner_texts()

    def hold_passkeys(self) -> None:
        """Have the browser keep passkeys, as a phone that was unlocked does."""
        authenticator = self.page.context.new_cdp_session(self.page)
        authenticator.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def press_for_passkey(self, words: str) -> None:
        """Press a button that asks for a passkey: the page goes on when the browser has told it."""
        here = self.page.url
        self.page.get_by_role("button", name=words, exact=True).click()
        self.page.wait_for_url(lambda address: address != here)
        self._arrived()

    def _arrived(self) -> None:
        self.visited.append(self.path)
        self.seen(self)


@contextmanager
def browser() -> Iterator[Browser]:
    """Run Chromium without a window."""
    with sync_playwright() as playwright:
        yield from _launched(playwright)


def _launched(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
    try:
        yield launched
    finally:
        launched.close()


@contextmanager
def visitor(
    running: Browser,
    origin: str,
    setting: Setting,
    *,
    seen: Callable[[Visitor], None] = lambda visitor: None,
) -> Iterator[Visitor]:
    """Let a visitor in who has never been here."""
    context = running.new_context(
        viewport={"width": setting.width, "height": 900},
        java_script_enabled=setting.script,
        locale="en-GB",
    )
    context.set_default_timeout(TIMEOUT_MS)
    host = origin.split("//")[1].split(":")[0]
    if setting.language != "en":
        cookie = {"name": "language", "value": setting.language, "domain": host, "path": "/"}
        context.add_cookies([cookie])  # type: ignore[list-item]
    try:
        yield Visitor(context.new_page(), origin, setting, seen)
    finally:
        context.close()


def portrait() -> dict[str, Any]:
    """Return a photo of nobody: a drawn face, as a camera would send it."""
    picture = Image.new("RGB", (900, 1200), "#d8dfe6")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((270, 240, 630, 720), fill="#c9a184")
    draw.rectangle((380, 690, 520, 800), fill="#c9a184")
    draw.ellipse((150, 780, 750, 1400), fill="#35495e")
    draw.pieslice((250, 200, 650, 560), 180, 360, fill="#3b2a20")
    for x in (370, 500):
        draw.ellipse((x, 440, x + 34, 468), fill="#2b2b2b")
    draw.arc((390, 520, 510, 620), 20, 160, fill="#7a3b32", width=8)
    return _file(picture, "photo.jpg", "JPEG", "image/jpeg")


def paper(words: str) -> dict[str, Any]:
    """Return a picture of a letter with a few words on it."""
    picture = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(picture).text((120, 160), words, fill="black", font_size=42)
    return _file(picture, "letter.png", "PNG", "image/png")


def _file(picture: Image.Image, name: str, form: str, media_type: str) -> dict[str, Any]:
    kept = BytesIO()
    picture.save(kept, form)
    return {"name": name, "mimeType": media_type, "buffer": kept.getvalue()}


def messages(notify: str, to: str) -> list[dict[str, Any]]:
    """Return what the simulated GOV.UK Notify sent to somebody, newest first."""
    address = f"{notify}/messages.json?to={quote(to)}"
    with urllib.request.urlopen(address, timeout=60) as answer:
        found: list[dict[str, Any]] = json.load(answer)["messages"]
    return found
