"""Take the pictures of this folder anew: `make pictures`; needs Chromium."""

from __future__ import annotations

import html
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from digest.rendering import Sender
from digest.specimens import Scheme, Specimen, in_scheme, specimens

FOLDER = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
DAY = date(2026, 6, 2)
SENDER = Sender(
    name="Trending papers",
    address="digest@example.org",
    postal_address="Example Readers, 1 Sample Street, 12345 Sampletown",
    url="https://papers.example.org",
)
WIDTHS = (360, 1200)
COVER = """
<!doctype html><title>A digest</title>
<style>
body {{ margin: 0; padding: 28px; display: flex; gap: 28px; background: #ddd6ca; }}
iframe {{ border: 0; height: 860px; box-shadow: 0 6px 24px #0003; }}
.desk {{ width: 640px; border-radius: 10px; }}
.phone {{ width: 360px; border-radius: 26px; }}
</style>
<iframe class="desk" srcdoc="{light}"></iframe><iframe class="phone" srcdoc="{dark}"></iframe>
"""


def main() -> None:
    """Write one picture of every mail, width and colour scheme, and the README's."""
    every = specimens(SENDER, DAY)
    with _browser() as browser:
        for width in WIDTHS:
            for scheme in Scheme:
                _take(browser, every, width, scheme)
        _take_cover(browser, every[0])


def _take(browser: Browser, every: tuple[Specimen, ...], width: int, scheme: Scheme) -> None:
    page = browser.new_page(viewport={"width": width, "height": 400}, color_scheme=scheme.value)
    devtools = page.context.new_cdp_session(page)
    for specimen in every:
        page.set_content(specimen.mail.html)
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": height})
        # WebP, which Playwright itself does not write, takes a third of PNG's octets.
        taken = devtools.send("Page.captureScreenshot", {"format": "webp", "quality": 80})
        path = FOLDER / f"mail-{specimen.name}-{width}-{scheme}.webp"
        path.write_bytes(b64decode(taken["data"]))
        page.set_viewport_size({"width": width, "height": 400})
    page.close()


def _take_cover(browser: Browser, specimen: Specimen) -> None:
    """The README's picture: the digest on a desk, light, and on a phone, dark."""
    light, dark = (html.escape(in_scheme(specimen.mail.html, scheme)) for scheme in Scheme)
    page = browser.new_page(viewport={"width": 1084, "height": 916}, device_scale_factor=2)
    page.set_content(COVER.format(light=light, dark=dark))
    page.screenshot(path=FOLDER / "digest.png")


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-lcd-text"]
        )
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
