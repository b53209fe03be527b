"""`configlint check`."""

from collections import Counter

from configlint import config
from configlint.cli import baseline, terminal
from configlint.cli.keep import Keeper
from configlint.cli.session import Session, Wanted, opened
from configlint.engine.baseline import NAME, compared
from configlint.engine.check import check
from configlint.fix.plan import touches
from configlint.model.finding import SEVERITIES
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.repo import write_output
from configlint.report import FORMATS
from configlint.rules.errors import InputError, nearest


def run(
    wanted: Wanted,
    keeper: Keeper,
    *,
    form: str,
    output: str | None,
    fail_on: str,
    require: tuple[str, ...],
    verbose: bool,
    color: str,
) -> int:
    """Lint, print, and give the exit code."""
    session = opened(wanted)
    names = [rule.id for rule in session.rules]
    for name in require:
        if name not in names:
            raise InputError(f"no rule '{name}'{nearest(name, names)}")
    result = linted(session)
    options = terminal.options(session.rules, color=color, verbose=verbose, command="check", output=output)
    shown = FORMATS[form](result, options)
    if output is None:
        terminal.say(shown, color=options.color)
    else:
        write_output(output, shown)
    code = exit_code(result, fail_on, require)
    named = [path for path in (*wanted.paths, wanted.root, wanted.config) if path is not None]
    keeper.keep(session.tree, [".", *named], code)
    return code


def linted(session: Session) -> Result:
    """The result for the PATHs of the user. Raises `InputError` for a service that the stacks do not have."""
    result = check(session.tree, session.settings, session.rules)
    config.check_services(session.config, result.services, session.tree)
    result = _new(session, result)
    return about(replace(result, notes=(*session.tree.notes, *result.notes)), session.touching)


def _new(session: Session, result: Result) -> Result:
    """Only what the baseline does not know, with a word about entries that are found no more."""
    known = baseline.known(session)
    if not known:
        return result
    found = compared(result, known, baseline.off(session))
    count = len(found.stale)
    told = f"{count} {'entry' if count == 1 else 'entries'} of {NAME} found no more: `configlint baseline --prune`"
    return replace(found.result, notes=(*result.notes, told)) if count else found.result


def about(result: Result, paths: tuple[str, ...]) -> Result:
    """Only what touches the PATHs, counted anew."""
    if not paths:
        return result
    kept = tuple(finding for finding in result.findings if touches(finding, paths))
    counts = Counter(finding.severity for finding in kept if finding.verdict == "fail")
    summary = replace(
        result.summary,
        error=counts["error"],
        warning=counts["warning"],
        info=counts["info"],
        unverifiable=sum(finding.verdict == "unverifiable" for finding in kept),
    )
    return replace(result, findings=kept, summary=summary)


def exit_code(result: Result, fail_on: str, require: tuple[str, ...] = ()) -> int:
    """1 if something at or above `fail_on` was found, or a required rule could not be checked; else 0."""
    open_ = {finding.rule for finding in result.findings if finding.verdict == "unverifiable"}
    if any(name in open_ or name in result.summary.vacuous for name in require):
        return 1
    if fail_on == "never":
        return 0
    grave = SEVERITIES[SEVERITIES.index(fail_on) :]
    return int(any(finding.severity in grave for finding in result.findings if finding.verdict == "fail"))
