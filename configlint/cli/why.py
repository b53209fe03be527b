"""`configlint why`."""

from configlint import config
from configlint.cli import terminal
from configlint.cli.common_options import Wanted
from configlint.cli.session import opened
from configlint.engine.check import selectors, services
from configlint.resolve import resolve


def run(wanted: Wanted, key: str, *, every: bool, form: str, color: str) -> int:
    """Print all that is known of a key, or `every` variable of a service. Raises `InputError` if there is nothing."""
    # Imported here: all commands import this module, and `check` is to start fast.
    from configlint.explain.why import every_variable, why
    from configlint.report import ON_SCREEN, whytable
    from configlint.report.why import FORMATS

    session = opened(wanted)
    resolution = resolve(session.tree, session.settings, selectors(session.rules))
    config.check_services(session.config, services(resolution.tables), session.tree)
    answer = every_variable(resolution, key) if every else why(resolution, key)
    options = terminal.options(session.rules, color=color, command="check", root=session.disk.root)
    render = (whytable.FORMATS if every else FORMATS)[form]
    terminal.say(render(answer, options), color=options.color, utf8=form not in ON_SCREEN)
    for note in (*session.disk.notes, *resolution.notes):
        terminal.note(note)
    return 0
