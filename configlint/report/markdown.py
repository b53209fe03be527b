"""A page for a job's summary or a comment, in GitHub's Markdown."""

from collections.abc import Iterator, Sequence

from configlint.model.finding import Finding
from configlint.model.regex import regex
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report import Options
from configlint.report.screen import inert, visible
from configlint.report.summary import sentences, word
from configlint.report.view import View

ROWS = 1000
"""GitHub refuses a summary of more than a megabyte."""
_ACTIVE = regex(r"[\\*_\[\]<>|~&$]")
"""What means something within a line of GitHub's Markdown, besides the backtick. No text of a file begins a line."""
_RUNS = regex("`+")


def render(result: Result, options: Options) -> str:
    view = View(result)
    loud = [finding for finding in result.findings if finding.severity != "info"]
    quiet = [finding for finding in result.findings if finding.severity == "info"]
    verdict, *rest = sentences(result, Options(version=options.version, verbose=True, command=options.command))
    blocks = [["## configlint", "", f"**{_sentence(verdict)}**"]]
    if loud:
        blocks.append(list(_table(view, loud)))
    if quiet:
        title = f"{len(quiet)} at info level or not verifiable"
        blocks.append(["<details>", f"<summary>{title}</summary>", "", *_table(view, quiet), "", "</details>"])
    notes = [f"- note: {_plain(view.say(note))}" for note in result.notes]
    blocks.append([*(f"- {_sentence(sentence)}" for sentence in rest), *notes])
    return inert("\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n")


def _table(view: View, findings: Sequence[Finding]) -> Iterator[str]:
    yield "| | Rule | Where | What |"
    yield "|---|---|---|---|"
    for finding in findings[:ROWS]:
        places = "<br>".join(_code(view.at(place)) for place in _places(finding))
        yield f"| {word(finding)} | {_code(finding.rule)} | {places} | {_what(view, finding)} |"
    if len(findings) > ROWS:
        yield f"| | | | … and {len(findings) - ROWS} more |"


def _places(finding: Finding) -> list[Place]:
    return list(dict.fromkeys((finding.place, *(label.place for label in finding.related))))[:10]


def _what(view: View, finding: Finding) -> str:
    lines = [finding.message]
    if finding.help:
        lines.append(f"help: {finding.help}")
    if finding.fix:
        unsafe = " --unsafe" if finding.fix.safety == "unsafe" else ""
        lines.append(f"fix: {finding.fix.title} (configlint fix{unsafe})")
    return "<br>".join(_plain(view.say(line)) for line in lines)


def _sentence(text: str) -> str:
    """A sentence of ours, whose backticks mean code."""
    return _ACTIVE.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), visible(text))


_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _sentence(text).replace("`", "\\`")


def _code(text: str) -> str:
    """A code span, with more backticks around it than there are in it. A bar would end the table's cell."""
    text = visible(text).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in _RUNS.findall(text)), default=0) + 1)
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"
