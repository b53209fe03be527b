"""The drawing in the README: what the page shows of an example, as a file of its own. Run this to write it anew."""

import re
from pathlib import Path

from running import run

from configlint.report.html.style import STYLE

ROOT = Path(__file__).parents[1]
EXAMPLE = "examples/livekit-stack/broken"


def standalone() -> str:
    page = run(ROOT, "check", "--no-cache", "--format", "html", "--root", EXAMPLE).stdout
    drawing = re.search(r'<svg viewBox="(-?\d+ -?\d+ (\d+) (\d+))".*?</svg>', page, re.DOTALL)
    assert drawing is not None
    _, width, height = drawing.groups()
    _, body = drawing[0].split(">", 1)
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -8 {int(width) + 20} {int(height) + 16}">'
    style = f"{STYLE.strip()}\n:root {{ background: var(--card); }}"
    return f"{opening}\n<style>\n{style}\n</style>{body}\n"


if __name__ == "__main__":
    target = ROOT / "docs/stack.svg"
    target.parent.mkdir(exist_ok=True)
    target.write_text(standalone(), encoding="utf-8")
