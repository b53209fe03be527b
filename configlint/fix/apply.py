"""Edits on texts."""

from collections.abc import Iterable, Sequence

from configlint.model.finding import Edit, Finding
from configlint.model.tree import Tree


def edits_of(findings: Iterable[Finding], path: str) -> tuple[Edit, ...]:
    """The edits that the fixes of these findings make in one file, each once, in the order of the file."""
    edits = {edit for finding in findings if finding.fix for edit in finding.fix.edits if edit.place.path == path}
    return tuple(sorted(edits))


def edited(tree: Tree, findings: Sequence[Finding]) -> dict[str, str]:
    """The new content of every file that the fixes of these findings change."""
    paths = {edit.place.path for finding in findings if finding.fix for edit in finding.fix.edits}
    contents = {path: replaced(tree.read(path), edits_of(findings, path)) for path in sorted(paths)}
    return {path: new for path, new in contents.items() if new != tree.read(path)}


def replaced(content: str, edits: Sequence[Edit]) -> str:
    """A content with its edits made. Raises ValueError where two of them overlap."""
    parts, position = [], 0
    for edit in edits:
        if edit.place.start < position:
            raise ValueError(f"two edits overlap in {edit.place.path}")
        parts += [content[position : edit.place.start], edit.new]
        position = edit.place.end
    return "".join((*parts, content[position:]))
