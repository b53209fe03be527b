"""`configlint check`."""

from configlint import config
from configlint.cli import baseline, terminal
from configlint.cli.cache.keep import Keeper
from configlint.cli.common_options import Wanted
from configlint.cli.session import Session, opened
from configlint.engine.check import Draw, check, nothing_drawn
from configlint.model.finding import SEVERITIES
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.repo import write_output
from configlint.report import DRAWING, FORMATS, ON_SCREEN, Options
from configlint.rules.errors import InputError, nearest


def run(
    wanted: Wanted,
    keeper: Keeper,
    *,
    form: str = "text",
    output: str | None = None,
    fail_on: str = "warning",
    require: tuple[str, ...] = (),
    verbose: bool = False,
    quiet: bool = False,
    stats: bool = False,
    color: str = "auto",
    base: str | None = None,
) -> int:
    """Lint, print, and return the exit code."""
    output = None if output == "-" else output
    session = opened(wanted)
    names = [rule.id for rule in session.rules]
    for name in require:
        if name not in names:
            raise InputError(f"no rule '{name}'{nearest(name, names)}")
    result = _required(linted(session, base, measure=stats, draw=_drawer(form)), require)
    options = terminal.options(
        session.rules,
        color=color,
        command="check",
        verbose=verbose,
        quiet=quiet,
        root=session.disk.root if form in ON_SCREEN else "",
        output=output,
    )
    code = exit_code(result, fail_on, require)
    shown = FORMATS[form](result, replace(options, code=code))
    if output is None:
        terminal.say(shown, color=options.color, utf8=form not in ON_SCREEN)
    else:
        write_output(session.disk, output, shown)
    if form != "json":
        _print_stats(result, options)
    named = [path for path in (*wanted.paths, wanted.root, wanted.config) if path is not None]
    keeper.keep(session.disk, [".", *named], code)
    return code


def _drawer(form: str) -> Draw:
    if form not in DRAWING:
        return nothing_drawn
    from configlint.explain.picture import pictures  # for the one output that shows them

    return pictures


def _required(result: Result, require: tuple[str, ...]) -> Result:
    """The result with a note on required rules that were not checked: they alone may make the exit code 1."""
    missing = unmet(result, require)
    note = f"--require failed: {', '.join(missing)} could not be checked, or found nothing to check"
    return replace(result, notes=(*result.notes, note)) if missing else result


def _print_stats(result: Result, options: Options) -> None:
    """Print the stats apart from the result, whose readers may not expect them."""
    if result.stats is not None:
        from configlint.report.stats import lines  # for those who ask

        terminal.aside(lines(result, result.stats, options))


def linted(session: Session, base: str | None = None, *, measure: bool = False, draw: Draw = nothing_drawn) -> Result:
    """The result for the PATHs of the user, with a `base` only what is new since then.

    Raises `InputError` for a service that the stacks do not have, and `RepoError` for a base that git does not know.
    """
    found = check(session.tree, session.settings, session.rules, measure=measure, draw=draw)
    config.check_services(session.config, found.services, session.tree)
    result = about(new(session, baseline.without_known(session, found), base), session.touching)
    result = replace(result, notes=(*session.disk.notes, *session.excluded, *result.notes))
    return with_offers(session, result, None if session.left_out else found)


def new(session: Session, result: Result, base: str | None) -> Result:
    """Only what is new since a `base`; everything where there is none."""
    if base is None:
        return result
    from configlint.cli import compare_with_commit as revision  # most runs compare with no commit

    return revision.without_known(session, result, base)


def with_offers(session: Session, result: Result, whole: Result | None) -> Result:
    """The result without the fixes that `fix` would refuse. `whole` is the result of all rules, if known."""
    if not any(finding.fix for finding in result.findings):
        return result
    from configlint.fix.offer import offered  # most runs have nothing to fix

    return offered(result, session.tree, session.config.settings, session.rules, whole)


def about(result: Result, paths: tuple[str, ...]) -> Result:
    """Only the findings that involve the PATHs, with their own counts."""
    if not paths:
        return result
    return result.only([finding for finding in result.findings if finding.touches(paths)])


def unmet(result: Result, require: tuple[str, ...]) -> list[str]:
    """The required rules that could not be checked, or had nothing to check."""
    open_ = {finding.rule for finding in result.findings if finding.verdict == "unverifiable"}
    return sorted({name for name in require if name in open_ or name in result.summary.vacuous})


def exit_code(result: Result, fail_on: str, require: tuple[str, ...] = ()) -> int:
    """1 if something at or above `fail_on` was found, or a required rule could not be checked; else 0."""
    if unmet(result, require):
        return 1
    if fail_on == "never":
        return 0
    grave = SEVERITIES[SEVERITIES.index(fail_on) :]
    return int(any(finding.severity in grave for finding in result.findings if finding.verdict == "fail"))
