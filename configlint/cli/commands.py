"""The commands, with click."""

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from configlint.cli import baseline, check, fix, init, rules, why
from configlint.cli.keep import Keeper, clean
from configlint.cli.session import Wanted
from configlint.repo import RepoError
from configlint.report import FORMATS
from configlint.rules.errors import InputError

F = TypeVar("F", bound=Callable[..., Any])

SEVERITIES = ("error", "warning", "info", "never")
USAGE, FAULT = 2, 3


def run() -> None:
    """Parse the command line, run, and end the program with the contract's exit code."""
    debug = "--debug" in sys.argv
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except (InputError, RepoError) as error:
        _stop(str(error))
    except click.ClickException as error:
        _stop(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:
        if debug:
            _trace(error)
        click.echo(
            f"configlint: a fault of configlint itself: {type(error).__name__}. Please report it, "
            "with what the same command prints with --debug; that holds no value of your files.",
            err=True,
        )
        sys.exit(FAULT)


def _stop(message: str) -> None:
    click.echo(f"configlint: {message}", err=True)
    sys.exit(USAGE)


def _trace(error: BaseException) -> None:
    """Where the fault is, without the values at hand: an exception's own text may quote a file."""
    import traceback

    for frame in traceback.extract_tb(error.__traceback__):
        click.echo(f"  {frame.filename}:{frame.lineno} in {frame.name}", err=True)


def reading(command: F) -> F:
    """The options of every command that reads a repository."""
    for option in reversed(
        (
            click.option("--config", metavar="FILE", help="Take this configuration instead of the repository's."),
            click.option("--root", metavar="DIR", help="The directory to lint, instead of the repository around PATH."),
            click.option("--select", multiple=True, metavar="RULE", help="Check only this rule (repeatable)."),
            click.option("--ignore", multiple=True, metavar="RULE", help="Leave out this rule (repeatable)."),
            click.option("--debug", is_flag=True, help="Tell where a fault of configlint lies."),
            click.option("--no-cache", is_flag=True, help="Do not use or write the result cache."),
        )
    ):
        command = option(command)
    return command


def _wanted(options: dict[str, Any], paths: tuple[str, ...] = ()) -> Wanted:
    """The shared options, taken out of a command's."""
    options.pop("debug")
    options.pop("no_cache")
    return Wanted(
        paths=paths,
        config=options.pop("config"),
        root=options.pop("root"),
        select=options.pop("select"),
        ignore=options.pop("ignore"),
    )


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, invoke_without_command=True
)
@click.version_option(package_name="configlint", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Find the places where the configuration files of one stack disagree, before anything runs."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(USAGE)


@cli.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="Form of the output.")
@click.option("--output", metavar="FILE", help="Write to this file instead of standard output.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="warning", help="What makes the exit code 1.")
@click.option("--require", multiple=True, metavar="RULE", help="Exit 1 if this rule could not be checked.")
@click.option("--base", metavar="REV", help="Report only what is new since this branch left REV (a git revision).")
@click.option("--verbose", is_flag=True, help="Print findings of every level.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colour of the text.")
@reading
def check_command(paths: tuple[str, ...], **options: Any) -> int:
    """Lint the repository that holds PATH; with PATHs, report only findings that touch them."""
    keeper = Keeper(options)
    return check.run(_wanted(options, paths), keeper, **options)


@cli.command("clean")
def clean_command() -> None:
    """Remove what was kept of earlier runs."""
    clean()


@cli.command("fix")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--unsafe", is_flag=True, help="Apply the fixes that need a look, too.")
@click.option("--diff", is_flag=True, help="Print what would change instead of writing it.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit 1 if a file was changed (for hooks).")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colour of the text.")
@reading
def fix_command(paths: tuple[str, ...], **options: Any) -> int:
    """Correct what can be corrected, without touching another byte."""
    return fix.run(_wanted(options, paths), **options)


@cli.command("why")
@click.argument("key")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Form of the output.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colour of the text.")
@reading
def why_command(key: str, **options: Any) -> int:
    """Show where KEY is written, what each service uses, and which place decides.

    KEY is a variable, service.workers, service.command, service.VARIABLE, a port or a URL.
    """
    return why.run(_wanted(options), key, **options)


@cli.command("explain")
@click.argument("rule")
@reading
def explain_command(rule: str, **options: Any) -> int:
    """Tell why a rule exists, what it finds and how its fix behaves."""
    return rules.explain(_wanted(options), rule)


@cli.command("rules")
@reading
def rules_command(**options: Any) -> int:
    """List the rules that are in force here."""
    return rules.listing(_wanted(options))


@cli.command("test")
@click.argument("files", nargs=-1, metavar="[RULE FILE]...")
def test_command(files: tuple[str, ...]) -> int:
    """Run the examples inside rule files; without FILE, those of the built-in rules."""
    return rules.test(files)


@cli.command("init")
@reading
def init_command(**options: Any) -> int:
    """Write a commented .configlint.yaml from what the repository holds; never overwrites."""
    return init.run(_wanted(options))


@cli.command("baseline")
@click.option("--prune", is_flag=True, help="Only remove entries that are found no more.")
@reading
def baseline_command(prune: bool, **options: Any) -> int:
    """Record today's findings in .configlint-baseline; check then reports new ones only."""
    return baseline.run(_wanted(options), prune=prune)


@cli.command("schema")
@click.argument("what", type=click.Choice(("config", "rule")), default="config")
def schema_command(what: str) -> int:
    """Print the JSON Schema of .configlint.yaml, or of rule files."""
    from configlint.cli import schema  # it needs pydantic, which is slow

    return schema.run(what)
