"""The output for programs: the contract's JSON, with all findings."""

from configlint.engine.reasons import said
from configlint.model.finding import Edit, Finding, Fix, Label
from configlint.model.reason import Reason
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report import Options
from configlint.report.jsontext import written
from configlint.report.view import View, listed, unlisted

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
        "notes": list(result.notes),
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
        "message": finding.message,
        **_place(view, finding.place),
        "related": [_label(view, label) for label in listed(finding)],
        "fix": _fix(view, finding.fix) if finding.fix else None,
        "fingerprint": finding.fingerprint,
        "label": finding.label,
        "help": finding.advice,
        "reason": _reason(finding.reason) if finding.verdict == "unverifiable" else None,
        "related_unlisted": unlisted(finding),
    }


def _reason(reason: Reason | None) -> Object | None:
    """`subject` and `source` are null where the code says it all."""
    if reason is None:
        return None
    return {
        "code": reason.code,
        "subject": reason.subject or None,
        "source": reason.source or None,
        "text": said(reason),
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
    return {**_place(view, label.place), "message": label.message}


def _fix(view: View, fix: Fix) -> Object:
    return {
        "safety": fix.safety,
        "title": fix.title,
        "edits": [_edit(view, edit) for edit in fix.edits],
        "note": fix.note,
    }


def _edit(view: View, edit: Edit) -> Object:
    secret = edit.secret
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
