"""Configuration files in a container, by path and by directory."""

from collections.abc import Iterator

from configlint.formats.nginx import whole
from configlint.model.text import Text
from configlint.programs.process import Process

_LONGEST = 1_000_000
"""Characters of a configuration file that is read."""


def content(here: Process, path: str, kind: str) -> Text | None:
    """The text of a file at a path of the container; `kind` is the reader that knows its comments. None: not here."""
    found = here.locate(path)
    if found.content is not None:
        return found.content
    read = here.store.nginx if kind == "nginx" else here.store.caddyfile
    document = read(found.path) if found.path and here.store.state(found.path) == "file" else None
    if document is None or len(document.content) > _LONGEST:
        return None
    return whole(document)


def names(here: Process, directory: str) -> list[str]:
    """The names of the files that the repository brings into a directory of the container, sorted."""
    found = set(_alone(here, directory))
    whole = here.locate(directory).path
    if whole is not None and here.store.state(whole) == "directory":
        start = f"{whole}/" if whole else ""
        found.update(path[len(start) :] for path in here.store.tree.files if path.startswith(start))
    return sorted(name for name in found if name and "/" not in name)


def _alone(here: Process, directory: str) -> Iterator[str]:
    """Files that are mounted or copied there one by one."""
    one = here.service
    if one is None:
        return
    targets = [mount.target.raw for mount in one.service.volumes]
    targets += [grant.target.raw for grant in (*one.service.configs, *one.service.secrets)]
    for copy in one.image.copies if one.image is not None else ():
        if copy.destination.rstrip("/") == directory:
            targets += [f"{directory}/{source.raw.rstrip('/').rpartition('/')[2]}" for source in copy.sources]
        else:
            targets.append(copy.destination)
    for target in targets:
        if target.startswith(f"{directory}/"):
            yield target[len(directory) + 1 :]
