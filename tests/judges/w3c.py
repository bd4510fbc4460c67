"""The W3C's checker of HTML and CSS."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.judges import NODE_MODULES, needs

_JAR = NODE_MODULES / "vnu-jar/build/dist/vnu.jar"


def errors(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Return what is wrong with the pages, one line each; all are read by one process."""
    needs("java", module="vnu-jar", package="default-jre-headless")
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html)
    paths = [folder / f"{name}.html" for name in pages]
    command = ["java", "-jar", _JAR, "--errors-only", "--format", "json", "--exit-zero-always"]
    judged = subprocess.run([*command, *paths], capture_output=True, text=True, check=True)
    return [
        f"{Path(m['url']).stem}, line {m.get('lastLine')}: {m['message']} {m.get('extract', '')}"
        for m in json.loads(judged.stderr)["messages"]
    ]
