"""`configlint init`."""

from collections import Counter

from configlint.cli import terminal
from configlint.cli.session import opened
from configlint.cli.wanted import Wanted
from configlint.config.load import NAMES
from configlint.model.tables import Url, Workers
from configlint.repo import write_output
from configlint.resolve import Resolution, resolve
from configlint.rules.errors import InputError

HOOK = """\
To check every commit, add this to .pre-commit-config.yaml:

  - repo: <URL of the configlint repository>
    rev: v{version}
    hooks:
      - id: configlint
"""


def run(wanted: Wanted) -> int:
    """Write a commented configuration from what the repository holds. An existing one is never touched."""
    session = opened(wanted)
    existing = next((name for name in NAMES if session.tree.state(name) == "file"), None)
    if existing is not None:
        raise InputError(f"{existing} exists already; nothing was written")
    resolution = resolve(session.tree, session.settings, ())
    write_output(f"{session.tree.root}/{NAMES[0]}", proposal(resolution))
    terminal.say(
        f"Wrote {NAMES[0]}: read it, and uncomment what you mean.\n\n" + HOOK.format(version=terminal.version())
    )
    return 0


def proposal(resolution: Resolution) -> str:
    """A configuration in which every proposal is a comment, so that nothing changes until somebody decides."""
    lines = [
        "# What configlint should know of this repository; `configlint schema` describes every key.",
        "# Nothing here counts until its # is removed.",
        "",
        "# The number of workers that each service is meant to run. Today they run these:",
        "# workers:",
        *_workers(resolution),
        "",
        "# Where phones reach the backend; `configlint fix` writes it into the app.",
        "# mobile:",
        f"#   host: {_lan_host(resolution) or '192.168.1.20'}",
        "",
        "# Rules that you do not want, or want otherwise: off, info, warning, error.",
        "# rules:",
        "#   healthcheck-missing: off",
        "",
        "# Compose files that run together, where their names do not say so.",
        "# stacks:",
        *_stacks(resolution),
    ]
    return "\n".join(lines) + "\n"


def _workers(resolution: Resolution) -> list[str]:
    counts = {row.name: row.count.value for row in resolution.tables["workers"] if isinstance(row, Workers)}
    return [f"#   {name}: {1 if count is None else count}" for name, count in sorted(counts.items())] or ["#   api: 3"]


def _lan_host(resolution: Resolution) -> str:
    """The private address that most of the app's URLs name already."""
    hosts = Counter(
        str(row.host.value) for row in resolution.tables["urls"] if isinstance(row, Url) and row.host_class == "lan"
    )
    return min(hosts, key=lambda host: (-hosts[host], host)) if hosts else ""


def _stacks(resolution: Resolution) -> list[str]:
    found = [
        f"#   {one.name.rpartition('/')[2].partition('.')[0]}: {{compose: [{', '.join(one.project.files)}]}}"
        for one in resolution.stacks
    ]
    return found or ["#   prod: {compose: [docker-compose.yml, docker-compose.prod.yml]}"]
