"""What the programs of a container find where they start: variables, and files of the repository.

A program that runs without any container, by a unit file, has such surroundings as well.
"""

from collections.abc import Callable

from configlint.compose.container import Container, Found, repository_path
from configlint.compose.model import EnvFile
from configlint.formats.compose_template import Lookup
from configlint.model.record import record
from configlint.workspace.documents import DocumentStore


@record
class Surroundings:
    """`locate` tells which file stands at a path; a relative one starts at the working directory.

    `missing` tells why a variable that is not found may be set all the same, or is empty.
    """

    lookup: Lookup
    locate: Callable[[str], Found]
    store: DocumentStore
    missing: str = ""


def of_container(here: Container, store: DocumentStore) -> Surroundings:
    unread = (file for file in here.environment.missing if _elsewhere(file, store))
    return Surroundings(
        lookup=here.environment.lookup,
        locate=lambda path: repository_path(here, path, store),
        store=store,
        missing=next((f"{file.path}, which is missing" for file in unread), ""),
    )


def _elsewhere(file: EnvFile, store: DocumentStore) -> bool:
    """Whether an environment file is absent here, but not for everybody."""
    return file.target is None or store.state(file.target) != "missing"
