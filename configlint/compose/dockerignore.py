"""What a build leaves out of its context, as Docker's `.dockerignore` says it.

Docker's documentation ("dockerignore file"): patterns count from the root of the context, of those that fit a path the
last one decides, `!` takes a path in again, and a file named after the Dockerfile is read in place of the common one.
"""

from configlint.compose.model import Build
from configlint.model.glob import matches
from configlint.workspace.documents import DocumentStore


def left_out(store: DocumentStore, build: Build, path: str) -> bool:
    """Whether a file of the repository, by its path from the root, is not sent to the build."""
    if build.directory is None:
        return False
    inner = path.removeprefix(f"{build.directory}/") if build.directory else path
    ignored = False
    for line in _lines(store, build):
        pattern = line.removeprefix("!").strip().strip("/")
        if pattern and matches(pattern, inner):
            ignored = not line.startswith("!")
    return ignored


def _lines(store: DocumentStore, build: Build) -> list[str]:
    common = f"{build.directory}/.dockerignore" if build.directory else ".dockerignore"
    own = [f"{build.path}.dockerignore"] if build.path else []
    content = next((text for path in (*own, common) if (text := store.text(path)) is not None), "")
    lines = (line.strip() for line in content.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
