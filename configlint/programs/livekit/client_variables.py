"""The variables in which LiveKit's clients and its server are given their key pairs."""

from configlint.formats.dotenv import document as dotenv
from configlint.model.text import Text
from configlint.workspace.workspace import Scene

KEY, SECRET, PAIRS = "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET", "LIVEKIT_KEYS"


def promised(scene: Scene, where: str) -> Text | None:
    """Where a template in a directory says that the absent env file there holds LiveKit's secret."""
    for path in scene.env_files.get(where, ()):
        document = scene.shelf.dotenv(path) if dotenv.template_name(path) else None
        for binding in document.bindings if document else ():
            if str(binding.name) == SECRET:
                return binding.name
    return None
