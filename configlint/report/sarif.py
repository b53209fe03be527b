"""SARIF 2.1.0 (OASIS), for code scanning services and editors."""

from collections.abc import Iterator
from urllib.parse import quote

from configlint.model.finding import Edit, Finding, Fix
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report import Options, RuleHelp
from configlint.report.jsontext import written
from configlint.report.screen import visible
from configlint.report.summary import unchecked, vacuous
from configlint.report.view import View

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}

Object = dict[str, object]


def render(result: Result, options: Options) -> str:
    view = View(result)
    rules = _rules(result, options)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    driver: Object = {"name": "configlint", "version": options.version, "rules": rules}
    run: Object = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": list(_notifications(view))}],
        "results": [_result(view, finding, index[finding.rule]) for finding in result.findings],
    }
    return written({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rules(result: Result, options: Options) -> list[Object]:
    """The rules that were in force; one that nobody described has its name alone."""
    described = options.rules or {}
    names = sorted({*described, *(finding.rule for finding in result.findings)})
    return [_rule(name, described.get(name)) for name in names]


def _rule(name: str, rule: RuleHelp | None) -> Object:
    if rule is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\nconfiglint explain {name}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _notifications(view: View) -> Iterator[Object]:
    """What was not checked, and the notes of the run."""
    result = view.result
    for text in (unchecked(result), vacuous(result), *result.notes):
        if text:
            yield {"level": "note", "message": _message(view, text)}


def _message(view: View, text: str) -> Object:
    """A plain message. SARIF reads `[text](place)` in it as a link, which no file content may make."""
    return {"text": visible(view.say(text)).replace("](", "] (")}


def _result(view: View, finding: Finding, rule_index: int) -> Object:
    entry: Object = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        **_verdict(finding),
        "message": _message(view, finding.message),
        "locations": [_location(view, finding.place, finding.label)],
        "partialFingerprints": {"configlint/v1": finding.fingerprint},
        "properties": {"stack": finding.stack, "verdict": finding.verdict},
    }
    if finding.related:
        entry["relatedLocations"] = [
            {"id": number, **_location(view, label.place, label.message)}
            for number, label in enumerate(finding.related, 1)
        ]
    if finding.fix and not any(_secret(view, edit) for edit in finding.fix.edits):
        entry["fixes"] = [_fix(view, finding.fix)]
    return entry


def _verdict(finding: Finding) -> Object:
    """Level and kind. `open` is SARIF's word for what could not be decided; its level has to be `none`."""
    if finding.verdict == "unverifiable":
        return {"kind": "open", "level": "none"}
    return {"kind": "fail", "level": _LEVELS[finding.severity]}


def _location(view: View, place: Place, label: str) -> Object:
    location: Object = {"physicalLocation": {"artifactLocation": _artifact(place.path)}}
    if place.path in view.sources.contents:
        location["physicalLocation"] = {"artifactLocation": _artifact(place.path), "region": _region(view, place)}
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


def _secret(view: View, edit: Edit) -> bool:
    return edit.secret or view.say(edit.new) != edit.new


def _fix(view: View, fix: Fix) -> Object:
    changes: dict[str, list[Object]] = {}
    for edit in fix.edits:
        change: Object = {"deletedRegion": _region(view, edit.place), "insertedContent": {"text": edit.new}}
        changes.setdefault(edit.place.path, []).append(change)
    title = fix.title if fix.safety == "safe" else f"{fix.title} (unsafe: {fix.note or 'look at it first'})"
    return {
        "description": _message(view, title),
        "artifactChanges": [
            {"artifactLocation": _artifact(path), "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }
