"""The summary of a run, in sentences that the outputs share."""

from collections.abc import Sequence

from configlint.engine.reasons import said
from configlint.model.finding import SEVERITIES, Finding
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.report import Options

MANY = 50
"""More findings than these are grouped by rule."""
_SOME = 20
"""With more findings than these, the summary suggests a baseline."""
_FEW = 5


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def shown(result: Result, options: Options) -> list[Finding]:
    """The findings that an output for people prints."""
    least = SEVERITIES.index("info" if options.verbose else "error" if options.quiet else "warning")
    return [finding for finding in result.findings if SEVERITIES.index(finding.severity) >= least]


def word(finding: Finding) -> str:
    """How bad a finding is, in one word."""
    return finding.severity if finding.verdict == "fail" else finding.verdict


def stated(finding: Finding) -> str:
    """The message of a finding, for outputs that show its severity alone."""
    return finding.message if finding.verdict == "fail" else f"unverifiable: {finding.message}"


def unverifiable_rules(result: Result) -> list[str]:
    return sorted({finding.rule for finding in result.findings if finding.verdict == "unverifiable"})


def reasons(result: Result) -> dict[str, list[str]]:
    """Why rules could not be checked, by rule."""
    found: dict[str, list[str]] = {rule: [] for rule in unverifiable_rules(result)}
    for finding in result.findings:
        why = said(finding.reason) or finding.message
        if finding.verdict == "unverifiable" and why not in found[finding.rule]:
            found[finding.rule].append(why)
    return found


def verdict(result: Result) -> str:
    """The outcome of the run, in one sentence."""
    summary = result.summary
    if summary.error or summary.warning:
        counts = [plural(summary.error, "error")] * bool(summary.error)
        counts += [plural(summary.warning, "warning")] * bool(summary.warning)
        return f"Found {' and '.join(counts)} in {_files_with(result)}."
    if not summary.files:
        return "Nothing to check: configlint found no file that it can read."
    checked = summary.rules - len(summary.vacuous) - len(set(unverifiable_rules(result)) - set(summary.vacuous))
    read = f"{plural(summary.values, 'value')} in {plural(summary.files, 'file')}"
    if checked <= 0:
        return f"No rule applied to these files: {read} were read, and nothing was compared."
    healthy = "Nothing new" if summary.baselined or summary.known else "No errors, no warnings"
    return f"{healthy}: {plural(checked, 'rule')} checked {read}."


def _files_with(result: Result) -> str:
    return plural(len({finding.place.path for finding in result.findings if finding.severity != "info"}), "file")


def fixable(findings: Sequence[Finding], command: str) -> str:
    """How many of the findings can be fixed and how; empty where none can."""
    safe = sum(finding.fix is not None and finding.fix.safety == "safe" for finding in findings)
    unsafe = sum(finding.fix is not None and finding.fix.safety == "unsafe" for finding in findings)
    if command == "fix" or not safe:
        return f"`configlint fix --unsafe` fixes {unsafe}: review them first, with --diff." if unsafe else ""
    more = f"; with --unsafe {unsafe} more" if unsafe else ""
    return f"`configlint fix` fixes {safe}{more}."


def unseen(result: Result, options: Options) -> str:
    """What an output that does not print findings of every level leaves out."""
    if options.verbose:
        return ""
    if options.quiet:
        warnings = plural(result.summary.warning, "warning")
        return f"Not shown, because of --quiet: {warnings}." if result.summary.warning else ""
    info, unverifiable = result.summary.info, result.summary.unverifiable
    parts = [f"{info} more at info level"] * bool(info)
    parts += [f"{unverifiable} unverifiable"] * bool(unverifiable)
    return f"{', '.join(parts)}: --verbose shows {'it' if info + unverifiable == 1 else 'them'}." if parts else ""


def unchecked(result: Result, everything: bool = True) -> str:
    """Which rules could not be checked, and which option makes that an error."""
    rules = unverifiable_rules(result)
    if not rules:
        return ""
    named = _names(rules, everything)
    return f"{plural(len(rules), 'rule')} could not be checked here{named} (to fail on that, use --require)."


def absent(result: Result, everything: bool = True) -> str:
    """Which git-ignored files are missing, and how to provide them."""
    paths = result.absent if everything else result.absent[:_FEW]
    if not paths or not unverifiable_rules(result):
        return ""
    more = f" and {len(result.absent) - len(paths)} more" if len(paths) < len(result.absent) else ""
    named, them = f"{', '.join(paths)}{more}", "it" if len(result.absent) == 1 else "them"
    return f"Missing, because git ignores {them}: {named}. Write {them} before the check (in CI, from a secret)."


def vacuous(result: Result, everything: bool = True) -> str:
    """Which rules found nothing to check."""
    rules = result.summary.vacuous
    return f"{plural(len(rules), 'rule')} found nothing to check here{_names(rules, everything)}." if rules else ""


def unmatched(result: Result) -> str:
    """Which values custom rules look for but do not find."""
    found = (f"{rule} looks for {' and '.join(words)}" for rule, words in sorted(result.unmatched.items()))
    return f"Not found here: {'; '.join(found)}." if result.unmatched else ""


def _names(rules: Sequence[str], everything: bool) -> str:
    return f": {', '.join(rules)}" if everything or len(rules) <= _FEW else ""


def silenced(result: Result) -> str:
    summary = result.summary
    parts = [f"{summary.suppressed} suppressed"] * bool(summary.suppressed)
    parts += [f"{summary.baselined} in the baseline"] * bool(summary.baselined)
    parts += [f"{summary.known} in the base revision too"] * bool(summary.known)
    return f"Not shown: {', '.join(parts)}." if parts else ""


def advice(result: Result, count: int) -> str:
    if count <= _SOME or result.summary.baselined or result.summary.known:
        return ""
    return "`configlint baseline` records these findings: from then on, only new ones are reported."


def sentences(result: Result, options: Options) -> list[str]:
    """All of it, the verdict first; without what does not apply. Quietly, only what is wrong."""
    if options.quiet:
        wrong = result.summary.error or result.summary.warning
        return list(filter(None, (verdict(result), unseen(result, options)))) if wrong else []
    failures = [finding for finding in result.findings if finding.severity != "info" or options.verbose]
    said = (
        verdict(result),
        fixable(failures, options.command),
        unseen(result, options),
        unchecked(result, options.verbose),
        absent(replace(result, absent=tuple(map(options.nearby, result.absent))), options.verbose),
        vacuous(result, options.verbose) if result.summary.files else "",
        unmatched(result),
        silenced(result),
        advice(result, len(failures)),
    )
    return [sentence for sentence in said if sentence]
