"""The drawing of the README: the picture that `--format html` shows of an example, as a file of its own."""

import re
import subprocess
import sys
from pathlib import Path

from configlint.report.html.style import STYLE

STACK = Path(__file__).parent / "stack.svg"
EXAMPLE = Path(__file__).parents[1] / "examples/livekit-stack/broken"


def standalone() -> str:
    """The picture with the style of the page."""
    command = [
        sys.executable,
        "-c",
        "from configlint.cli import main; main()",
        "check",
        "--no-cache",
        "--format",
        "html",
    ]
    page = subprocess.run([*command, "--root", EXAMPLE], capture_output=True, encoding="utf-8", check=False).stdout
    drawing = re.search(r'<svg viewBox="-?\d+ -?\d+ (\d+) (\d+)"[^>]*>(.*?)</svg>', page, re.DOTALL)
    assert drawing is not None
    width, height, body = drawing.groups()
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -8 {int(width) + 20} {int(height) + 16}">'
    style = f"{STYLE.strip()}\n:root {{ background: var(--card); }}"
    return f"{opening}\n<style>\n{style}\n</style>{body}</svg>\n"
