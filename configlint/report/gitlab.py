"""GitLab's code quality report, which merge requests show."""

from collections import Counter

from configlint.model.finding import Finding
from configlint.model.result import Result
from configlint.report import Options
from configlint.report.jsontext import written
from configlint.report.screen import visible
from configlint.report.summary import stated
from configlint.report.view import View

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(result: Result, options: Options) -> str:
    view = View(result)
    seen: Counter[str] = Counter()
    entries = []
    for finding in result.findings:
        seen[finding.fingerprint] += 1
        entries.append(_entry(view, finding, seen[finding.fingerprint]))
    return written(entries)


def _entry(view: View, finding: Finding, occurrence: int) -> dict[str, object]:
    """GitLab shows one entry for each fingerprint, so that a second occurrence needs one of its own."""
    span = view.span(finding.place)
    related = [f"{view.at(label.place)} {label.message}".strip() for label in finding.related]
    description = "; see ".join([stated(finding), *related])
    return {
        "description": visible(view.say(description)),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint if occurrence == 1 else f"{finding.fingerprint}-{occurrence}",
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.place.path, "lines": {"begin": span.line, "end": span.end_line}},
    }
