"""JUnit's XML, for servers that show test results.

A failing finding is a failed test, an unverifiable one a skipped test; an info is told and passes. A rule that found
nothing is a passed test, one that had nothing to look at a skipped one, so that a green report tells what was checked.
A test is named by what its finding is known by, so that servers tell a new failure from one whose line has moved.
No time is measured: the same input gives the same bytes, and readers that want one find 0.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from configlint.model.finding import Finding
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.report import Options
from configlint.report.identity import identities
from configlint.report.screen import visible
from configlint.report.summary import sentences
from configlint.report.view import View, and_more, listed


def render(result: Result, options: Options) -> str:
    view = View(result)
    silent = _silent_rules(result, options)
    named = zip(result.findings, identities(result.findings), strict=True)
    cases = [_finding_case(view, finding, identity) for finding, identity in named]
    cases += [_rule_case(rule, rule in result.summary.vacuous) for rule in silent]
    failures = result.summary.error + result.summary.warning
    skipped = result.summary.unverifiable + len(set(silent) & set(result.summary.vacuous))
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="{skipped}" time="0"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="configlint" {counts}>',
        f'  <testsuite name="configlint" {counts}>',
        *_properties(result, options),
        *cases,
        f"    <system-out>{_said(view, options)}</system-out>",
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _properties(result: Result, options: Options) -> Iterator[str]:
    summary = result.summary
    values = {"version": options.version, "files": summary.files, "values": summary.values, "rules": summary.rules}
    yield "    <properties>"
    yield from (f'      <property name="{name}" value="{value}"/>' for name, value in values.items())
    yield "    </properties>"


def _said(view: View, options: Options) -> str:
    notes = (f"note: {note}" for note in view.result.notes)
    return "\n".join(_text(line) for line in (*sentences(view.result, replace(options, verbose=True)), *notes))


def _silent_rules(result: Result, options: Options) -> list[str]:
    """The rules without any finding."""
    known = {*(options.rules or ()), *result.summary.vacuous}
    return sorted(known - {finding.rule for finding in result.findings})


def _rule_case(rule: str, vacuous: bool) -> str:
    outcome = '<skipped message="found nothing to check here"/>' if vacuous else ""
    return f'    <testcase classname="configlint" name={_attribute(rule)} time="0">{outcome}</testcase>'


def _finding_case(view: View, finding: Finding, identity: str) -> str:
    place = f'file={_attribute(finding.place.path)} line="{view.span(finding.place).line}" time="0"'
    head = f"    <testcase classname={_attribute(finding.rule)} name={_attribute(identity)} {place}>"
    return f"{head}{_outcome(view, finding)}</testcase>"


def _outcome(view: View, finding: Finding) -> str:
    """What became of it. The message leads the details, too: GitLab shows only what stands in the element."""
    message = _attribute(finding.message)
    details = "\n".join(_text(line) for line in _details(view, finding))
    if finding.verdict == "unverifiable":
        return f"<skipped message={message}>{details}</skipped>"
    if finding.severity == "info":
        return f"<system-out>{details}</system-out>"
    return f'<failure message={message} type="{finding.severity}">{details}</failure>'


def _details(view: View, finding: Finding) -> Iterator[str]:
    yield finding.message
    yield f"{view.at(finding.place)} {finding.label}".rstrip()
    for label in listed(finding):
        yield f"{view.at(label.place)} {label.message}".rstrip()
    yield from and_more(finding)
    if finding.advice:
        yield f"help: {finding.advice}"
    if finding.fix:
        yield f"fix: {finding.fix.title}"


def _text(text: str) -> str:
    return escape(visible(text))


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
