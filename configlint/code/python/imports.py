"""Which of the repository's modules an import reaches."""

from collections.abc import Iterator

from configlint.code.memo import kept
from configlint.code.python.modules import Modules
from configlint.formats.python.document import PythonDocument


def located(path: str, importer: str, modules: Modules) -> tuple[PythonDocument, list[str]] | None:
    """The module that a dotted path leads to, and the names that are to be looked up in it; None if it is not ours.

    `importer` is the path of the file that imports; a leading dot of the dotted path is one level of a relative import.
    """
    return _located(modules, path, _parent(importer))


@kept
def _located(modules: Modules, path: str, directory: str) -> tuple[PythonDocument, list[str]] | None:
    """The same for every file of a directory."""
    names = path.lstrip(".")
    parts = names.split(".") if names else []
    level = len(path) - len(names)
    if parts and not level and parts[0] not in _first_names(modules):
        return None
    for root in _roots(modules, directory, level):
        for length in range(len(parts), 0 if not level else -1, -1):
            module = "/".join([*([root] if root else []), *parts[:length]])
            for candidate in (f"{module}.py", f"{module}/__init__.py" if module else "__init__.py"):
                if candidate in modules:
                    return modules[candidate], parts[length:]
    return None


@kept
def _first_names(modules: Modules) -> frozenset[str]:
    """With what the dotted path of a module can begin."""
    return frozenset(part for path in modules for part in path.removesuffix(".py").split("/"))


@kept
def _roots(modules: Modules, directory: str, level: int) -> tuple[str, ...]:
    return tuple(_searched(directory, level, modules))


def _searched(directory: str, level: int, modules: Modules) -> Iterator[str]:
    """Directories in which the first part of a dotted path may stand, the likeliest first.

    An absolute import starts outside the importer's package, in a directory that is on the interpreter's path: which
    one that is nobody states, so every directory above is tried, and a `src` beside it.
    """
    if level:
        for _ in range(level - 1):
            directory = _parent(directory)
        yield directory
        return
    while directory and f"{directory}/__init__.py" in modules:
        directory = _parent(directory)
    while True:
        yield directory
        yield f"{directory}/src" if directory else "src"
        if not directory:
            return
        directory = _parent(directory)


def _parent(path: str) -> str:
    return path.rpartition("/")[0]
