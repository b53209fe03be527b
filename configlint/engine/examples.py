"""The examples inside rule files, run as a repository would be."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from configlint.engine.check import check, last
from configlint.model.document import Lines
from configlint.model.finding import Finding
from configlint.model.memory_tree import MemoryTree
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.model.settings import RuleSetting, Settings
from configlint.model.tree import Tree
from configlint.rules.rule import Example, Rule

Configure = Callable[[str, Tree], Settings]
"""(text of a configuration, tree) → settings; given by the layer that knows configurations."""

Mend = Callable[[Tree, Settings, Sequence[Rule], bool], dict[str, str]]
"""(tree, settings, rules, unsafe) → the contents that `fix` would write."""


class Failure(NamedTuple):
    """How an example did not behave as its file says."""

    what: str

    def __str__(self) -> str:
        return self.what


class Tried(NamedTuple):
    """One example that was run; `unmatched` are the selectors of files that found nothing in it, in words."""

    failures: tuple[Failure, ...]
    unmatched: frozenset[str]


def tried(rule: Rule, example: Example, others: Sequence[Rule], configure: Configure, mend: Mend) -> Tried:
    """Run one example of `rule`, with `others` only looking on while its fix is planned."""
    tree = MemoryTree(example.files, example.ignored, example.tracked)
    settings = configure(example.config, tree)
    alone = replace(settings, rules={one.id: RuleSetting(off=True) for one in others if one.id != rule.id})
    judged = [one for one in others if one.id != rule.id]
    # A suppression is judged by the rule that it names, so a rule on suppressions needs the others at work.
    held = settings if last(rule) else alone
    result = check(tree, held, [*judged, rule])
    mended = mend(tree, held, [*judged, rule], example.unsafe) if example.fixed or result.findings else {}
    return Tried(tuple(_failures(rule, example, result, mended)), frozenset(result.unmatched.get(rule.id, ())))


def _failures(rule: Rule, example: Example, result: Result, mended: dict[str, str]) -> Iterator[Failure]:
    """`mended` are the contents that `fix` would write."""
    found = [finding for finding in result.findings if finding.rule == rule.id]
    yield from _compared("finds", example.finds, _places(found, "fail", result))
    yield from _compared("unverifiable", example.unverifiable, _places(found, "unverifiable", result))
    if not example.finds and not example.unverifiable and rule.id in result.summary.vacuous:
        looked = "; ".join(result.unmatched.get(rule.id, ()))
        yield Failure(f"the rule selected nothing{looked and f' ({looked})'}: this example shows nothing")
    if example.fixed or found:
        wanted = {path: content for path, content in example.fixed.items() if content != example.files.get(path)}
        yield from (Failure(f"fix wrote {path} otherwise than the example says") for path in _different(wanted, mended))


def _places(found: Sequence[Finding], verdict: str, result: Result) -> list[str]:
    places = (finding.place for finding in found if finding.verdict == verdict)
    return sorted(
        f"{place.path}:{Lines(result.contents.get(place.path, '')).position(place.start).line}" for place in places
    )


def _compared(word: str, wanted: Sequence[str], found: Sequence[str]) -> Iterator[Failure]:
    if sorted(wanted) != list(found):
        yield Failure(f"{word} {', '.join(found) or 'nothing'} instead of {', '.join(wanted) or 'nothing'}")


def _different(wanted: dict[str, str], written: dict[str, str]) -> list[str]:
    return sorted(path for path in {*wanted, *written} if wanted.get(path) != written.get(path))
