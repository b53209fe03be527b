"""Templates from which a script makes the file of a LiveKit server, such as `livekit.yaml.template` for envsubst."""

from collections.abc import Iterator

from configlint.formats.yaml import document as yaml
from configlint.formats.yaml.nodes import Mapping
from configlint.model.document import UnreadableError
from configlint.model.regex import regex
from configlint.model.tables import EVERY_STACK, Setting
from configlint.programs.livekit import files as livekit
from configlint.programs.livekit import settings as livekit_settings
from configlint.workspace.workspace import Workspace, basename

_NAME = regex(
    r"[\w.-]*livekit[\w.-]*(?:\.ya?ml[._-](?:template|tmpl|tpl|example|sample|dist|in|envsubst)"
    r"|[._-](?:template|tmpl|tpl)\.ya?ml)"
)


def settings(workspace: Workspace) -> Iterator[Setting]:
    """The keys that would be in the server's file. Nothing is known of what is filled in.

    They take effect once a file is made from the template.
    """
    for path in workspace.files:
        root = _root(workspace, path) if _NAME.fullmatch(basename(path).lower()) else None
        if root is not None and livekit.program(path, root) == "server" and livekit_settings.of_server(root):
            for judged in livekit_settings.server_keys(root, lambda scalar: scalar.text):
                yield livekit_settings.setting(judged, EVERY_STACK, "server", reach="latent")


def _root(workspace: Workspace, path: str) -> Mapping | None:
    """What a template holds; None where it is YAML only after it has been filled in, which is no fault."""
    try:
        yaml.read(path, workspace.store.text(path) or "")
    except UnreadableError:
        return None
    document = workspace.store.yaml(path)
    return document.root if document is not None and isinstance(document.root, Mapping) else None
