"""The output for programs: the contract's JSON, with all findings."""

import json

from configlint.model.finding import Edit, Finding, Fix, Label
from configlint.model.result import Result, Summary
from configlint.model.text import Place
from configlint.report import Options
from configlint.report.masking import Veil
from configlint.report.screen import escaped_in_json
from configlint.report.source import Sources

SCHEMA = 1
"""Grows when a field is renamed, removed or given another meaning; not when one is added."""

Object = dict[str, object]


def render(result: Result, options: Options) -> str:
    view = _View(result)
    document: Object = {
        "schema": SCHEMA,
        "tool": {"name": "configlint", "version": options.version},
        "findings": [view.finding(finding) for finding in result.findings],
        "summary": _summary(result.summary),
        "notes": [view.veil.scrub(note) for note in result.notes],
    }
    return escaped_in_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


class _View:
    """Findings as JSON objects. Keys stand in the order of the contract."""

    def __init__(self, result: Result) -> None:
        self.sources = Sources(result.contents)
        self.veil = Veil(result.contents, result.secrets)

    def finding(self, finding: Finding) -> Object:
        return {
            "rule": finding.rule,
            "severity": finding.severity,
            "verdict": finding.verdict,
            "stack": finding.stack,
            "message": self.veil.scrub(finding.message),
            **self.place(finding.place),
            "related": [self.label(label) for label in finding.related],
            "fix": self.fix(finding.fix) if finding.fix else None,
            "fingerprint": finding.fingerprint,
            "label": self.veil.scrub(finding.label),
            "help": self.veil.scrub(finding.help),
        }

    def place(self, place: Place) -> Object:
        span = self.sources.span(place)
        return {
            "path": place.path,
            "line": span.line,
            "column": span.column,
            "end_line": span.end_line,
            "end_column": span.end_column,
        }

    def label(self, label: Label) -> Object:
        return {**self.place(label.place), "message": self.veil.scrub(label.message)}

    def fix(self, fix: Fix) -> Object:
        return {
            "safety": fix.safety,
            "title": self.veil.scrub(fix.title),
            "edits": [self.edit(edit) for edit in fix.edits],
            "note": self.veil.scrub(fix.note),
        }

    def edit(self, edit: Edit) -> Object:
        secret = edit.secret or self.veil.scrub(edit.new) != edit.new
        return {**self.place(edit.place), "replacement": None if secret else edit.new, "secret": secret}


def _summary(summary: Summary) -> Object:
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
    }
