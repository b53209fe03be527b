"""Whether an edited file is still read as before, by us and by a stricter reader."""

from collections import Counter
from collections.abc import Sequence

from configlint.fix.apply import replaced
from configlint.formats import format_of
from configlint.formats.yaml.additions import additions
from configlint.model.document import Fact, UnreadableError
from configlint.model.finding import Edit


def misread(path: str, old: str, new: str, edits: Sequence[Edit]) -> str:
    """What is wrong with a file after these edits; empty if only what they write is read differently."""
    form = format_of(path)
    if form is None:
        return ""
    try:
        then, now = (list(form.facts(form.read(path, content))) for content in (old, new))
    except UnreadableError:
        return f"{path} could no longer be parsed"
    if form.name == "yaml" and _is_strict_yaml(old) and not _is_strict_yaml(new):
        return f"{path} could no longer be parsed by every YAML parser"
    elsewhere = f"another value in {path} would change too"
    written = [fact for fact in then if fact.text.raw] if len(then) == len(now) else []
    inserted = tuple(edit for edit in edits if _inserts(edit, written))
    if inserted and form.name == "yaml" and additions(old, replaced(old, inserted)) != len(inserted):
        return elsewhere
    untouched = Counter((fact.key, fact.text.raw) for fact in then if not _touched(fact, edits))
    left = Counter((fact.key, fact.text.raw) for fact in now)
    return "" if untouched <= left and (inserted or len(then) == len(now)) else elsewhere


def _is_strict_yaml(content: str) -> bool:
    """Whether a reader of YAML 1.2 takes a file, which ours, of YAML 1.1, may take too easily."""
    # Imported here: it is slow, and only a fix needs it.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        for _ in YAML(typ="safe", pure=True).parse(content):
            pass
    except YAMLError:
        return False
    return True


def _inserts(edit: Edit, written: Sequence[Fact]) -> bool:
    """Whether an edit adds an entry. One that only makes a written value longer (a tag behind an image) does not."""
    return edit.place.start == edit.place.end and not any(_touched(fact, [edit]) for fact in written)


def _touched(fact: Fact, edits: Sequence[Edit]) -> bool:
    return any(
        place.start <= edit.place.end and edit.place.start <= place.end for edit in edits for place in fact.text.places
    )
