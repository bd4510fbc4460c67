"""What mail programs can show, by the data of caniemail.com."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.judges import needs

CLIENTS = (
    "gmail.*",
    "outlook.windows",
    "outlook.outlook-com",
    "outlook.macos",
    "outlook.ios",
    "outlook.android",
    "apple-mail.*",
    "yahoo.*",
    "thunderbird.*",
    "samsung-email.*",
)


def missing(pages: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """Return, by feature that a page uses, the clients with no and with partial support."""
    needs("node", module="caniemail", package="nodejs")
    paths = [folder / f"{name}.html" for name in pages]
    for path, html in zip(paths, pages.values(), strict=True):
        path.write_text(html)
    script = Path(__file__).with_name("clients.mjs")
    command = ["node", script, ",".join(CLIENTS), *paths]
    judged = subprocess.run(command, capture_output=True, text=True, check=True)
    features: dict[str, Any] = json.loads(judged.stdout)
    return features
