"""Over which files a compose file is laid that cannot run alone: its comment says it, or its name, or its place."""

from collections.abc import Iterator, Mapping
from itertools import takewhile

from configlint.compose.load import DEFAULT_NAMES
from configlint.compose.outline import Outline
from configlint.model.record import record
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import basename, directory

_DEPTH = 5
"""How many files may be laid over each other without anybody who lists them."""


@record
class Bases:
    """`mains` are the main files by directory, `outlines` all compose files."""

    store: DocumentStore
    outlines: Mapping[str, Outline]
    mains: Mapping[str, str]

    def beneath(self, path: str, depth: int = 0) -> tuple[str, ...]:
        """The files below one, the lowest first; none where it can run alone, or nothing fits."""
        if not self.outlines[path].overlay or depth > _DEPTH:
            return ()
        base = next((one for one in self._candidates(path) if one != path), None)
        return (*self.beneath(base, depth + 1), base) if base is not None else ()

    def _candidates(self, path: str) -> Iterator[str]:
        """The base that its comment names, that it is called after, beside it, and above it."""
        yield from self._named_in_comment(path)
        yield from self._called_after(path)
        if directory(path) in self.mains:
            yield self.mains[directory(path)]
        beside = [one for one in self._beside(path) if not self.outlines[one].overlay and self._fits(path, one)]
        yield from beside if len(beside) == 1 else ()
        yield from self._above(path)

    def _named_in_comment(self, path: str) -> Iterator[str]:
        """The only other compose file of its directory, or main file, that the comment at its start speaks of."""
        lines = (self.store.text(path) or "").lstrip("\ufeff").splitlines()
        comment = " ".join(takewhile(lambda line: not line.strip() or line.lstrip().startswith("#"), lines))
        words = {word.strip("`'\"()[],;:.").removeprefix("./") for word in comment.replace("=", " ").split()}
        named = [one for one in self._beside(path) if basename(one) in words]
        yield from named if len(named) == 1 else ()

    def _called_after(self, path: str) -> Iterator[str]:
        """`docker-compose.prod.yml` for `docker-compose.prod.small.yml`."""
        stem = basename(path).rpartition(".")[0]
        by_stem = {basename(one).rpartition(".")[0]: one for one in self._beside(path)}
        while (shorter := max(map(stem.rfind, ".-"))) > 0:
            stem = stem[:shorter]
            if stem in by_stem:
                yield by_stem[stem]

    def _above(self, path: str) -> Iterator[str]:
        """The main file of the nearest directory above that holds what the file lacks."""
        where = directory(path)
        while where:
            where = directory(where)
            if where in self.mains and self._fits(path, self.mains[where]):
                yield self.mains[where]

    def _beside(self, path: str) -> list[str]:
        return [one for one in self.outlines if one != path and directory(one) == directory(path)]

    def _fits(self, path: str, base: str) -> bool:
        needs, services = self.outlines[path].needs, self.outlines[base].services
        return bool(services) and services >= needs


def mains(outlines: Mapping[str, Outline]) -> dict[str, str]:
    """The main file of each directory that has one."""
    found: dict[str, str] = {}
    for name in DEFAULT_NAMES:
        for path in outlines:
            if basename(path) == name:
                found.setdefault(directory(path), path)
    return dict(sorted(found.items()))
