"""SARIF 2.1.0 (OASIS), for code scanning services and editors.

What GitHub makes of it is told in its "SARIF support for code scanning". What is suppressed or in the baseline is no
result here: GitHub does not look at `suppressions` or `baselineState` and would show each as an open alert.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from configlint.model.finding import Edit, Finding, Fix
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report import Options
from configlint.report.identity import identities
from configlint.report.jsontext import written
from configlint.report.sarifrules import LEVELS, Object, descriptors
from configlint.report.screen import visible
from configlint.report.summary import absent, unchecked, vacuous
from configlint.report.view import View, listed

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LINKED = 5
"""So many other places are named in the message of a result; all of them are among its related locations."""
_EXITS = {
    0: "no findings at or above --fail-on",
    1: "findings at or above --fail-on, or a required rule that could not be checked",
}


def render(result: Result, options: Options) -> str:
    view = View(result)
    rules = descriptors(options.rules or {}, result.findings)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    driver: Object = {
        "name": "configlint",
        "version": options.version,
        "semanticVersion": options.version,
        "rules": rules,
    }
    run: Object = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [_invocation(view, options.code)],
        "results": [
            _result(view, finding, index[finding.rule], identity)
            for finding, identity in zip(result.findings, identities(result.findings), strict=True)
        ],
    }
    return written({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _invocation(view: View, code: int) -> Object:
    """The run. That something was found is no failure of it; neither time nor machine is told, which would differ."""
    return {
        "executionSuccessful": True,
        "exitCode": code,
        "exitCodeDescription": _EXITS[code],
        "toolExecutionNotifications": list(_notifications(view)),
    }


def _notifications(view: View) -> Iterator[Object]:
    """What was not checked, and the notes of the run."""
    result = view.result
    for text in (unchecked(result), absent(result), vacuous(result), *result.notes):
        if text:
            yield {"level": "note", "message": _message(view, text)}


def _message(view: View, text: str) -> Object:
    return {"text": _told(view, text)}


def _told(view: View, text: str) -> str:
    """A plain message. SARIF reads `[text](place)` in it as a link, which no file content may make.

    Braces stay single: readers look for placeholders only where there are arguments for them.
    """
    return visible(text).replace("](", "] (")


def _result(view: View, finding: Finding, rule_index: int, identity: str) -> Object:
    entry: Object = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        **_verdict(finding),
        "message": {"text": _told(view, finding.message) + _links(view, finding)},
        "locations": [_location(view, finding.place, finding.label)],
        "partialFingerprints": {"configlint/v1": identity},
        "properties": _properties(view, finding),
    }
    if finding.related:
        entry["relatedLocations"] = [
            {"id": number, **_location(view, label.place, label.message)}
            for number, label in enumerate(listed(finding), 1)
        ]
    if finding.fix and _offered(view, finding.fix):
        entry["fixes"] = [_fix(view, finding.fix)]
    return entry


def _verdict(finding: Finding) -> Object:
    """Level and kind.

    `open` is SARIF's word for a rule that was evaluated without enough information to decide (§3.27.9); `review` would
    ask a person to judge, who knows no more. Its level has to be `none` (§3.27.10).
    """
    if finding.verdict == "unverifiable":
        return {"kind": "open", "level": "none"}
    return {"kind": "fail", "level": LEVELS[finding.severity]}


def _links(view: View, finding: Finding) -> str:
    """The other places as links to related locations (§3.11.6): GitHub shows those that the message names."""
    links = [
        f"[{_link_text(f'{label.place.path}:{view.span(label.place).line}')}]({number})"
        for number, label in enumerate(finding.related[:_LINKED], 1)
    ]
    return f"; see {', '.join(links)}" if links else ""


def _link_text(text: str) -> str:
    return re.sub(r"([\[\]\\])", r"\\\1", visible(text))


def _properties(view: View, finding: Finding) -> Object:
    """What SARIF has no word for. A fix is described here, be it offered for application or not."""
    found: Object = {"stack": visible(finding.stack), "verdict": finding.verdict}
    if finding.advice:
        found["help"] = _told(view, finding.advice)
    if finding.fix:
        found["fix"] = {
            "safety": finding.fix.safety,
            "title": _told(view, finding.fix.title),
            "note": _told(view, finding.fix.note),
        }
    return found


def _location(view: View, place: Place, label: str) -> Object:
    location: Object = {"physicalLocation": {"artifactLocation": _artifact(place.path), "region": _region(view, place)}}
    return {**location, "message": _message(view, label)} if label else location


def _artifact(path: str) -> Object:
    return {"uri": quote(path, safe="/", errors="surrogateescape"), "uriBaseId": _ROOT}


def _region(view: View, place: Place) -> Object:
    span = view.span(place)
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _offered(view: View, fix: Fix) -> bool:
    """Whether a program may apply a fix from this file: it is safe, and none of its edits writes a secret.

    Those who apply SARIF's fixes know no safety, and an edit without its new text would delete the old one.
    """
    return fix.safety == "safe" and not any(_secret(view, edit) for edit in fix.edits)


def _secret(view: View, edit: Edit) -> bool:
    return edit.secret


def _fix(view: View, fix: Fix) -> Object:
    changes: dict[str, list[Object]] = {}
    for edit in fix.edits:
        change: Object = {"deletedRegion": _region(view, edit.place), "insertedContent": {"text": edit.new}}
        changes.setdefault(edit.place.path, []).append(change)
    return {
        "description": _message(view, fix.title),
        "artifactChanges": [
            {"artifactLocation": _artifact(path), "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }
