"""The rules of a run as SARIF describes them: what a code scanning service shows beside each result."""

from collections.abc import Mapping, Sequence

from configlint.model.finding import Finding, Severity
from configlint.report import RuleHelp
from configlint.report.markdown import code, plain
from configlint.report.screen import visible
from configlint.rules.sentence import fill, holes

Object = dict[str, object]

LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_LONGEST = 1024
"""Characters of a description that GitHub takes ("SARIF support for code scanning", reportingDescriptor object)."""


def descriptors(rules: Mapping[str, RuleHelp], findings: Sequence[Finding]) -> list[Object]:
    """The rules that were in force, by name; one that nobody described has its name alone."""
    return [_descriptor(name, rules.get(name)) for name in sorted({*rules, *(finding.rule for finding in findings)})]


def _descriptor(name: str, rule: RuleHelp | None) -> Object:
    """There is no `helpUri`: nobody knows where this copy of the documents can be read."""
    if rule is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": _short(rule.title)},
        "fullDescription": {"text": _short(rule.why)},
        "help": {"text": _text(name, rule), "markdown": _markdown(name, rule)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _short(text: str) -> str:
    text = visible(text.strip())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _text(name: str, rule: RuleHelp) -> str:
    parts = [rule.why.strip(), f"What to do: {_open(rule.help)}." if rule.help else "", f"Fix: {_mending(rule)}"]
    return "\n\n".join(visible(part) for part in [*parts, f"Examples: configlint explain {name}"] if part)


def _markdown(name: str, rule: RuleHelp) -> str:
    parts = [plain(rule.why.strip()), f"**What to do:** {plain(_open(rule.help))}." if rule.help else ""]
    parts += [f"**Fix:** {plain(_mending(rule))}", f"**Examples:** {code(f'configlint explain {name}')}"]
    return "\n\n".join(part for part in parts if part)


def _mending(rule: RuleHelp) -> str:
    if not rule.fixable:
        return "none, because configlint cannot know the right value."
    return (
        f"{_open(rule.fix)} (configlint fix). It needs --unsafe if the same characters also set other "
        "values, or if a tracked file would get its value from an untracked one."
    )


def _open(sentence: str) -> str:
    """A sentence of a rule as such: what each finding fills in is left open."""
    return fill(sentence, dict.fromkeys(holes(sentence), "…"))
