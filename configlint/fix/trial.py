"""A fix on trial: what the whole repository would say of it, before a byte is written."""

from collections import Counter
from collections.abc import Sequence

from configlint.engine.check import check
from configlint.fix.apply import edited, edits_of, replaced
from configlint.formats import format_of
from configlint.formats.yaml.additions import additions
from configlint.model.document import Fact, UnreadableError
from configlint.model.finding import Edit, Finding
from configlint.model.memory_tree import EditedTree
from configlint.model.record import record
from configlint.model.result import Result
from configlint.model.settings import Settings
from configlint.model.tree import Tree
from configlint.rules.rule import Rule


@record
class Trial:
    """The repository as it is, and what was said of it."""

    tree: Tree
    settings: Settings
    rules: Sequence[Rule]
    before: Result

    def objection(self, findings: Sequence[Finding]) -> str:
        """Why these fixes must not be made together; empty if nothing speaks against them."""
        if not findings:
            return ""
        try:
            contents = edited(self.tree, findings)
        except ValueError:
            return "another fix writes to the same characters"
        for path, new in contents.items():
            if not _only_these_change(path, self.tree.read(path), new, edits_of(findings, path)):
                return f"{path} would be read differently in another place too"
        after = check(EditedTree(self.tree, contents), self.settings, self.rules)
        return _worse(self.before, after, findings)


def _worse(before: Result, after: Result, mended: Sequence[Finding]) -> str:
    then, now = _said(before), _said(after)
    for identity, count in now.items():
        if count > then[identity]:
            return f"{identity[0]} would then find something new in {identity[1]}"
    if any(now[_identity(finding)] >= then[_identity(finding)] for finding in mended):
        return "it would not remove the finding"
    return ""


def _said(result: Result) -> Counter[tuple[str, str, str]]:
    return Counter(_identity(finding) for finding in result.findings if finding.verdict == "fail")


def _identity(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.place.path, finding.fingerprint


def _only_these_change(path: str, old: str, new: str, edits: Sequence[Edit]) -> bool:
    """Whether all values of a file but those edited are read as before."""
    form = format_of(path)
    if form is None:
        return True
    try:
        then, now = (list(form.facts(form.read(path, content))) for content in (old, new))
    except UnreadableError:
        return False
    written = [fact for fact in then if fact.text.raw] if len(then) == len(now) else []
    inserted = tuple(edit for edit in edits if _inserts(edit, written))
    if inserted and form.name == "yaml" and additions(old, replaced(old, inserted)) != len(inserted):
        return False
    untouched = Counter((fact.key, fact.text.raw) for fact in then if not _touched(fact, edits))
    left = Counter((fact.key, fact.text.raw) for fact in now)
    return untouched <= left and (bool(inserted) or len(then) == len(now))


def _inserts(edit: Edit, written: Sequence[Fact]) -> bool:
    """Whether an edit adds an entry. One that only makes a written value longer (a tag behind an image) does not."""
    return edit.place.start == edit.place.end and not any(_touched(fact, [edit]) for fact in written)


def _touched(fact: Fact, edits: Sequence[Edit]) -> bool:
    return any(
        place.start <= edit.place.end and edit.place.start <= place.end for edit in edits for place in fact.text.places
    )
