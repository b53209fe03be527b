"""`configlint init`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from configlint import config
from configlint.cli import terminal
from configlint.cli.common_options import Wanted
from configlint.cli.session import opened
from configlint.config.load import NAMES
from configlint.engine import chains
from configlint.engine.reasons import said
from configlint.formats.dotenv import document as dotenv
from configlint.model.regex import regex
from configlint.model.tables import Url, Workers
from configlint.repo import write_own
from configlint.report.screen import visible
from configlint.resolve import Resolution, resolve
from configlint.resolve.stack.drift import copied_to, real_files
from configlint.rules.errors import InputError

SCHEMA = ".configlint.schema.json"
"""Next to the configuration, where every editor finds it, without a network and without configlint."""

_PLAIN = regex(r"[A-Za-z_.][\w./-]*", re.ASCII)

_SAID = """\
Wrote {name}: read it, and uncomment what you need.
Wrote {schema}: editors use it to complete and check {name}.
Both are in {root}.

To check every commit, add this to .pre-commit-config.yaml:

  - repo: <URL of the configlint repository>
    rev: v{version}
    hooks:
      - id: configlint
"""


def run(wanted: Wanted) -> int:
    """Write a commented configuration from what the repository holds. An existing one is never touched."""
    session = opened(wanted)
    existing = config.find(session.tree)
    if existing is not None:
        raise InputError(f"{existing} already configures configlint; nothing was written")
    from configlint.cli import schema  # it needs pydantic, which is slow

    files = {NAMES[0]: proposal(resolve(session.tree, session.settings, ()))}
    if session.tree.state(SCHEMA) != "file":
        files = {SCHEMA: schema.text("config"), **files}
    write_own(session.disk, files)
    terminal.say(
        _SAID.format(name=NAMES[0], schema=SCHEMA, root=visible(session.disk.root), version=terminal.version())
    )
    return 0


def proposal(resolution: Resolution) -> str:
    """A configuration in which every proposal is a comment, so that nothing changes until somebody decides.

    Prose begins with `# `, and settings with `#` alone: without the latter, it is a valid configuration.
    """
    parts = [
        [
            f"# yaml-language-server: $schema={SCHEMA}",
            "# Facts that configlint cannot read from the files of this repository.",
            "# Everything is commented out: remove the # to use a setting.",
        ],
        [
            "# The intended number of workers, by service, by gunicorn file, or as `default`.",
            *_or_example(_workers(resolution), "workers: {api: 3}"),
        ],
        [
            "# The address at which phones reach the backend; `configlint fix` writes it into the app.",
            *_or_example(_mobile(resolution), "mobile: {host: 192.168.1.20}"),
        ],
        [
            "# Change the severity of a rule: off, info, warning or error. `configlint rules` lists all rules.",
            "#rules:",
            "#  healthcheck-missing: off",
        ],
        [
            "# Compose files that run together. They are detected; list them only if the detection is wrong.",
            *_or_example(_stacks(resolution), "stacks: {prod: {compose: [docker-compose.yml, prod.yml]}}"),
        ],
        _env_files(resolution),
    ]
    # Paths are other people's: a line feed in one must not end a comment.
    return "\n\n".join("\n".join(map(visible, part)) for part in parts if part) + "\n"


def _or_example(lines: Iterable[str], example: str) -> list[str]:
    """The lines, or an example."""
    return list(lines) or [f"# None were found. Example: {example}"]


def _workers(resolution: Resolution) -> Iterator[str]:
    """A line for each service with its present number of workers, and where that is set."""
    rows = [row for row in resolution.tables["workers"] if isinstance(row, Workers)]
    shared = Counter(name for name, _ in {(row.name, row.stack) for row in rows})
    named = {(f"{row.stack}/{row.name}" if shared[row.name] > 1 else row.name): row for row in rows}
    known = {name: row for name, row in sorted(named.items()) if row.count.value is not None}
    if known:
        yield "#workers:"
    for name, row in known.items():
        yield f"#  {_quoted(name)}: {row.count.value}   # {chains.words(row, resolution.store.text)['chain']}"
    for name in sorted(named.keys() - known.keys()):
        yield f"# {name}: its present number is not known: {said(named[name].count.text.reason)}"


def _mobile(resolution: Resolution) -> Iterator[str]:
    """The private address that most of the app's URLs name already."""
    hosts = Counter(
        str(row.host.value) for row in resolution.tables["urls"] if isinstance(row, Url) and row.host_class == "lan"
    )
    if hosts:
        yield "#mobile:"
        yield f"#  host: {min(hosts, key=lambda host: (-hosts[host], host))}"


def _stacks(resolution: Resolution) -> Iterator[str]:
    """The stacks under their present names: with other names, every finding would be new."""
    if resolution.stacks:
        yield "#stacks:"
    for one in resolution.stacks:
        yield f"#  {_quoted(one.name)}: {{compose: [{', '.join(map(_quoted, one.project.files))}]}}"


def _quoted(name: str) -> str:
    """A name or a path as YAML takes it for a text, wherever it stands."""
    return (
        name
        if _PLAIN.fullmatch(name) and name not in ("true", "false", "null")
        else "'" + name.replace("'", "''") + "'"
    )


def _env_files(resolution: Resolution) -> list[str]:
    """The env files, for information: they need no configuration."""
    files, real = resolution.workspace.every_env_file, real_files(resolution.workspace)
    templates = {path: copied_to(resolution.workspace, real, path) for path in files if dotenv.template_name(path)}
    held = {copy: path for path, copy in templates.items() if copy is not None}
    lines = [
        f"# - {path}, compared with {held[path]}" if path in held else f"# - {path}, without a template"
        for path in files
        if path not in templates
    ]
    lines += [f"# - {path}, a template whose env file is missing" for path, copy in templates.items() if copy is None]
    return ["# Env files found:", *lines] if lines else []
