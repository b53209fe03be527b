"""Environment files as files: the real secrets in each, and whether git shares one that it was told to ignore."""

from collections.abc import Iterator, Mapping

from configlint.formats.dotenv import document as dotenv
from configlint.formats.secrecy import secret_name, shape
from configlint.model.cell import NULL
from configlint.model.tables import EVERY_STACK, EnvironmentFile
from configlint.model.text import Text
from configlint.resolve.stack.audience import in_bundle
from configlint.resolve.stack.drift import listed
from configlint.resolve.standalone.env_credentials import for_tests
from configlint.workspace.workspace import Workspace, start_of


def rows(workspace: Workspace) -> Iterator[EnvironmentFile]:
    for path in workspace.every_env_file:
        document = workspace.store.dotenv(path) if not dotenv.template_name(path) and not for_tests(path) else None
        if document is not None:
            secrets = _secrets(document)
            exposed = bool(secrets) and workspace.store.tree.tracked_though_ignored(path)
            yield EnvironmentFile(
                stack=EVERY_STACK, at=start_of(path), file=path, secrets=listed(secrets) if exposed else NULL,
                exposed=exposed,
            )  # fmt: skip


def _secrets(document: dotenv.DotenvDocument) -> Mapping[str, Text]:
    """The names whose values are real secrets. What a browser is given by its name is not one."""
    given = ((binding.name, binding.value) for binding in document.bindings if binding.value is not None)
    return {name.raw: name for name, value in given if not in_bundle(name.raw) and _real(name.raw, value)}


def _real(name: str, value: Text) -> bool:
    if secret_name(name):
        return shape(value.raw, name) == "real"
    return any(shape(run.raw, name) == "real" for run in value.runs if run.secret)
