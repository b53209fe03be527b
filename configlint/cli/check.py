"""`configlint check`."""

from configlint import config
from configlint.cli import baseline, terminal
from configlint.cli.keep import Keeper
from configlint.cli.session import Session, opened
from configlint.cli.wanted import Wanted
from configlint.engine.check import check
from configlint.model.finding import SEVERITIES
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.repo import write_output
from configlint.report import DRAWING, FORMATS
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
    base: str | None,
) -> int:
    """Lint, print, and give the exit code."""
    session = opened(wanted)
    names = [rule.id for rule in session.rules]
    for name in require:
        if name not in names:
            raise InputError(f"no rule '{name}'{nearest(name, names)}")
    result = linted(session, base, drawn=form in DRAWING)
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


def linted(session: Session, base: str | None = None, *, drawn: bool = False) -> Result:
    """The result for the PATHs of the user, with a `base` only what is new since then.

    Raises `InputError` for a service that the stacks do not have, and `RepoError` for a base that git does not know.
    """
    result = check(session.tree, session.settings, session.rules, drawn=drawn)
    config.check_services(session.config, result.services)
    result = baseline.without_known(session, result)
    if base is not None:
        from configlint.cli import base as revision  # most runs compare with no commit

        result = revision.without_known(session, result, base)
    return about(replace(result, notes=(*session.tree.notes, *result.notes)), session.touching)


def about(result: Result, paths: tuple[str, ...]) -> Result:
    """Only what touches the PATHs, counted anew."""
    if not paths:
        return result
    return result.only([finding for finding in result.findings if finding.touches(paths)])


def exit_code(result: Result, fail_on: str, require: tuple[str, ...] = ()) -> int:
    """1 if something at or above `fail_on` was found, or a required rule could not be checked; else 0."""
    open_ = {finding.rule for finding in result.findings if finding.verdict == "unverifiable"}
    if any(name in open_ or name in result.summary.vacuous for name in require):
        return 1
    if fail_on == "never":
        return 0
    grave = SEVERITIES[SEVERITIES.index(fail_on) :]
    return int(any(finding.severity in grave for finding in result.findings if finding.verdict == "fail"))
