"""The commands, with click.

The implementation of a command is imported when it is called, and after `_wanted`: git lists the files in the meantime.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from configlint.cli.cache.keep import Keeper, clean
from configlint.cli.codes import USAGE
from configlint.cli.common_options import Wanted
from configlint.repo import Opening
from configlint.report import FORMATS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])

SEVERITIES = ("error", "warning", "info", "never")


def _proposing(what: str) -> "Callable[[click.Context, click.Parameter, str], list[CompletionItem]]":
    """Completions for a parameter of the kind `rule`, `file` or `dir`."""

    def propose(context: click.Context, parameter: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        from configlint.cli import completion  # only shells need it

        return completion.proposals(what, context.params, incomplete)

    return propose


def _names(context: click.Context, parameter: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for word in words for name in word.split(","))


_RULES: dict[str, Any] = {
    "multiple": True,
    "metavar": "RULE[,RULE]...",
    "shell_complete": _proposing("rule"),
    "callback": _names,
}
"""An option that takes names of rules."""


def reading(command: F) -> F:
    """The options of every command that reads a repository."""
    for option in reversed(
        (
            click.option(
                "--config",
                metavar="FILE",
                shell_complete=_proposing("file"),
                help="Use this configuration instead of the repository's.",
            ),
            click.option(
                "--root",
                metavar="DIR",
                shell_complete=_proposing("dir"),
                help="The directory to lint, instead of the repository that contains PATH.",
            ),
            click.option("--select", **_RULES, help="Check only these rules (repeatable)."),
            click.option("--ignore", **_RULES, help="Skip these rules (repeatable)."),
            click.option("--debug", is_flag=True, help="Print a traceback if configlint fails."),
            click.option("--no-cache", is_flag=True, help="Do not use or write the result cache."),
        )
    ):
        command = option(command)
    return command


def _wanted(
    options: dict[str, Any], paths: tuple[str, ...] = (), *, to_write: bool = False, staged: bool = False
) -> Wanted:
    """The shared options, taken out of a command's."""
    options.pop("debug")
    options.pop("no_cache")
    root = options.pop("root")
    return Wanted(
        opening=Opening(paths[0] if paths else ".", root, to_write=to_write),
        paths=paths,
        config=options.pop("config"),
        root=root,
        select=options.pop("select"),
        ignore=options.pop("ignore"),
        staged=staged,
    )


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, invoke_without_command=True
)
@click.version_option(package_name="configlint", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Find where the configuration files of a stack disagree, before anything runs."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(USAGE)


@cli.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=_proposing("file"))
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="Output format.")
@click.option(
    "--output", metavar="FILE", shell_complete=_proposing("file"), help="Write to this file instead of standard output."
)
@click.option(
    "--fail-on", type=click.Choice(SEVERITIES), default="warning", help="Exit 1 for findings of this severity or above."
)
@click.option("--require", **_RULES, help="Exit 1 if one of these rules could not be checked.")
@click.option("--base", metavar="REV", help="Report only what is new since this branch left REV (a git revision).")
@click.option("--staged", is_flag=True, help="Check what is staged for the next commit instead of the work tree.")
@click.option("--verbose", is_flag=True, help="Print findings of every severity, and all details.")
@click.option("--quiet", is_flag=True, help="Print errors only.")
@click.option("--stats", is_flag=True, help="Print what was read, and which values no rule watches.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colour of the text.")
@reading
def check_command(paths: tuple[str, ...], **options: Any) -> int:
    """Lint the repository that contains PATH; with PATHs, report only findings that involve them."""
    keeper = Keeper(options)
    if options["quiet"] and options["verbose"]:
        raise click.UsageError("--quiet and --verbose exclude each other")
    wanted = _wanted(options, paths, staged=options.pop("staged"))
    from configlint.cli import check

    return check.run(wanted, keeper, **options)


@cli.command("clean")
def clean_command() -> None:
    """Remove the result cache."""
    clean()


@cli.command("fix")
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=_proposing("file"))
@click.option("--unsafe", is_flag=True, help="Also apply the fixes that need a review.")
@click.option("--diff", is_flag=True, help="Print the changes instead of writing them.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit 1 if a file was changed (for hooks).")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="warning",
    help="Exit 1 if findings of this severity or above remain.",
)
@click.option("--base", metavar="REV", help="Fix only what is new since this branch left REV (a git revision).")
@click.option("--baselined", is_flag=True, help="Also fix findings in the baseline.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colour of the text.")
@reading
def fix_command(paths: tuple[str, ...], **options: Any) -> int:
    """Fix what can be fixed in the files under PATH, and change nothing else.

    Without PATH, fix the files under the current directory.
    """
    wanted = _wanted(options, paths, to_write=not options["diff"])
    from configlint.cli import fix

    scope = fix.Scope(**{name: options.pop(name) for name in ("unsafe", "baselined", "base")})
    return fix.run(wanted, scope, **options)


@cli.command("why")
@click.argument("key", required=False)
@click.option("--all", "every", is_flag=True, help="List every variable; KEY is then a service, or omitted.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "markdown")),
    default="text",
    help="Output format; markdown only with --all.",
)
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colour of the text.")
@reading
def why_command(key: str | None, every: bool, form: str, **options: Any) -> int:
    """Show every place that sets KEY, and which one takes effect in each service.

    KEY is a variable, service.workers, service.command, service.VARIABLE, a port or a URL.
    """
    if key is None and not every:
        raise click.UsageError("pass a KEY, or --all")
    if form == "markdown" and not every:
        raise click.UsageError("--format markdown needs --all")
    wanted = _wanted(options)
    from configlint.cli import why

    return why.run(wanted, key or "", every=every, form=form, **options)


@cli.command("explain")
@click.argument("rule", shell_complete=_proposing("rule"))
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colour of the text.")
@reading
def explain_command(rule: str, **options: Any) -> int:
    """Explain what a rule finds and why, its fix, and when not to use it."""
    wanted = _wanted(options)
    from configlint.cli import explain

    return explain.run(wanted, rule, **options)


@cli.command("rules")
@reading
def rules_command(**options: Any) -> int:
    """List the active rules."""
    wanted = _wanted(options)
    from configlint.cli import rules

    return rules.listing(wanted)


@cli.command("test")
@click.argument("files", nargs=-1, metavar="[RULE FILE]...", shell_complete=_proposing("file"))
def test_command(files: tuple[str, ...]) -> int:
    """Run the examples inside rule files; without FILE, those of the built-in rules."""
    from configlint.cli import rules

    return rules.test(files)


@cli.command("init")
@reading
def init_command(**options: Any) -> int:
    """Write a commented .configlint.yaml for this repository; never overwrites a file."""
    wanted = _wanted(options)
    from configlint.cli import init

    return init.run(wanted)


@cli.command("baseline")
@click.option("--prune", is_flag=True, help="Only remove stale entries.")
@reading
def baseline_command(prune: bool, **options: Any) -> int:
    """Record today's findings in .configlint-baseline; check then reports only new ones."""
    wanted = _wanted(options)
    from configlint.cli import baseline

    return baseline.run(wanted, prune=prune)


@cli.command("schema")
@click.argument("what", type=click.Choice(("config", "rule")), default="config")
def schema_command(what: str) -> int:
    """Print the JSON Schema of .configlint.yaml, or of rule files."""
    from configlint.cli import schema  # it needs pydantic, which is slow

    return schema.run(what)
