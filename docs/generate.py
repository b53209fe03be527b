"""Write a page for each rule, their index, the page on rules of one's own, and the drawing of the README: `make docs`.

All that the pages of rules say stands in the rule files.
"""

from pathlib import Path

import writing_rules
from drawn import STACK, standalone

from configlint.cli import VERSION
from configlint.cli.explain import page
from configlint.cli.session import written
from configlint.report import Options
from configlint.report.rulepage import RulePage, markdown

RULES = Path(__file__).parent / "rules"

_INDEX = """\
<!-- Made from the rule files by `make docs`. -->

# The rules

Each has a page that tells what it finds and why, shows an example, and says how its fix behaves and when not to use it.
`configlint explain RULE` prints the same. The levels: *error*, it will fail when it runs; *warning*, it fails in some
circumstances, or has no effect; *info*, worth knowing.

| rule | level | fix | holds where all is well |
|---|---|---|---|
"""


def documents() -> dict[str, str]:
    """Every page by its file name."""
    options = Options(version=VERSION, verbose=True)
    pages = {str(form["id"]): page(form, options) for form in written()}
    made = {f"{name}.md": markdown(one, f"rules/{name}.yaml") for name, one in sorted(pages.items())}
    return {"README.md": _INDEX + "".join(_row(one) for _, one in sorted(pages.items())), **made}


def _row(one: RulePage) -> str:
    return f"| [`{one.id}`]({one.id}.md) | {one.severity} | {'yes' if one.fixable else ''} | {one.title} |\n"


def main() -> None:
    RULES.mkdir(exist_ok=True)
    made = documents()
    for path in RULES.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, content in made.items():
        (RULES / name).write_text(content, encoding="utf-8")
    writing_rules.PAGE.write_text(writing_rules.page(), encoding="utf-8")
    STACK.write_text(standalone(), encoding="utf-8")


if __name__ == "__main__":
    main()
