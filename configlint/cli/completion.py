"""Shell completion. click generates the scripts; only the rule names are our own."""

from collections.abc import Iterable, Mapping
from typing import Any

from click.shell_completion import CompletionItem

from configlint.cli.common_options import Wanted
from configlint.cli.session import opened, written
from configlint.repo import Opening, RepoError
from configlint.rules.errors import InputError


def proposals(what: str, params: Mapping[str, Any], incomplete: str) -> list[CompletionItem]:
    """The matching rules, each with its title; the shell completes files and directories itself."""
    if what != "rule":
        return [CompletionItem(incomplete, type=what)]
    return [CompletionItem(name, help=title) for name, title in _known(params) if name.startswith(incomplete)]


def _known(params: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The active rules, with the custom ones; only the built-in rules if the configuration is invalid."""
    root = params.get("root")
    try:
        found = opened(Wanted(opening=Opening(root=root), config=params.get("config"), root=root)).rules
    except (InputError, RepoError):
        return [(form["id"], form["title"]) for form in written()]
    return sorted((rule.id, rule.title) for rule in found)
