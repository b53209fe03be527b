"""The output for programs: the contract's JSON, with all findings."""

from configlint.engine.reasons import said
from configlint.model.finding import Edit, Finding, Fix, Label
from configlint.model.reason import Reason
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report import Options
from configlint.report.jsontext import written
from configlint.report.view import View

SCHEMA = 1
"""Grows when a field is renamed, removed or given another meaning; not when one is added."""

Object = dict[str, object]


def render(result: Result, options: Options) -> str:
    view = View(result)
    document: Object = {
        "schema": SCHEMA,
        "tool": {"name": "configlint", "version": options.version},
        "findings": [_finding(view, finding) for finding in result.findings],
        "summary": _summary(result),
        "notes": [view.say(note) for note in result.notes],
    }
    if result.stats is not None:
        from configlint.report.stats import members  # for those who ask

        document["stats"] = members(result, result.stats)
    return written(document)


def _finding(view: View, finding: Finding) -> Object:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "verdict": finding.verdict,
        "stack": finding.stack,
        "message": view.say(finding.message),
        **_place(view, finding.place),
        "related": [_label(view, label) for label in finding.related],
        "fix": _fix(view, finding.fix) if finding.fix else None,
        "fingerprint": finding.fingerprint,
        "label": view.say(finding.label),
        "help": view.say(finding.help),
        "reason": _reason(view, finding.reason) if finding.verdict == "unverifiable" else None,
    }


def _reason(view: View, reason: Reason | None) -> Object | None:
    """`subject` and `source` are null where the code says it all."""
    if reason is None:
        return None
    return {
        "code": reason.code,
        "subject": view.say(reason.subject) or None,
        "source": view.say(reason.source) or None,
        "text": view.say(said(reason)),
    }


def _place(view: View, place: Place) -> Object:
    span = view.span(place)
    return {
        "path": place.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _label(view: View, label: Label) -> Object:
    return {**_place(view, label.place), "message": view.say(label.message)}


def _fix(view: View, fix: Fix) -> Object:
    return {
        "safety": fix.safety,
        "title": view.say(fix.title),
        "edits": [_edit(view, edit) for edit in fix.edits],
        "note": view.say(fix.note),
    }


def _edit(view: View, edit: Edit) -> Object:
    secret = edit.secret or view.say(edit.new) != edit.new
    return {**_place(view, edit.place), "replacement": None if secret else edit.new, "secret": secret}


def _summary(result: Result) -> Object:
    summary = result.summary
    return {
        "files": summary.files,
        "values": summary.values,
        "stacks": summary.stacks,
        "rules": summary.rules,
        "vacuous": list(summary.vacuous),
        "error": summary.error,
        "warning": summary.warning,
        "info": summary.info,
        "unverifiable": summary.unverifiable,
        "suppressed": summary.suppressed,
        "baselined": summary.baselined,
        "known": summary.known,
        "absent": list(result.absent),
        "unmatched": {rule: [*words] for rule, words in sorted(result.unmatched.items())},
    }
