"""GitLab's code quality report, which merge requests show.

Its fields are those of "Code Quality report format" in GitLab's documentation; any other is ignored there. GitLab shows
one entry for each fingerprint, and refuses a byte order mark.
"""

from configlint.model.finding import Finding
from configlint.model.result import Result
from configlint.report import Options
from configlint.report.identity import identities
from configlint.report.jsontext import written
from configlint.report.screen import visible
from configlint.report.summary import stated
from configlint.report.view import View, and_more, listed

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(result: Result, options: Options) -> str:
    view = View(result)
    named = zip(result.findings, identities(result.findings), strict=True)
    return written([_entry(view, finding, identity) for finding, identity in named])


def _entry(view: View, finding: Finding, identity: str) -> dict[str, object]:
    span = view.span(finding.place)
    related = [f"{view.at(label.place)} {label.message}".strip() for label in listed(finding)]
    description = "; see ".join([stated(finding), *related, *and_more(finding)])
    return {
        "description": visible(description),
        "check_name": finding.rule,
        "fingerprint": identity,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.place.path, "lines": {"begin": span.line, "end": span.end_line}},
    }
