"""What a baseline knows a finding by, and what may happen to its file."""

import random
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from old_repository import FILES
from trees import BUILT_IN

from configlint.engine import baseline
from configlint.engine.check import check
from configlint.formats import format_of
from configlint.model.document import UnreadableError
from configlint.model.memory_tree import MemoryTree
from configlint.model.result import Result
from configlint.model.settings import DEFAULTS
from configlint.rules.errors import InputError


def result(files: Mapping[str, str]) -> Result:
    return check(MemoryTree(files, ["shop/.env"]), DEFAULTS, BUILT_IN)


def written(files: Mapping[str, str]) -> str:
    return baseline.written(result(files).findings)


OLD = written(FILES)

COMMENTS = {"dart": "// what else", "py": "# what else"}

Lines = list[str]


def _comment(path: str, lines: Lines, chance: random.Random) -> Lines:
    at = chance.randint(0, len(lines))
    sign = COMMENTS.get(path.rpartition(".")[2], "# what else")
    return [*lines[:at], chance.choice([sign + "\n", "\n", f"    {sign}\n"]), *lines[at:]]


def _swapped(path: str, lines: Lines, chance: random.Random) -> Lines:
    """Two lines of one indentation change places."""
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    indents = [len(lines[at]) - len(lines[at].lstrip()) for at in (one, two)]
    if indents[0] == indents[1]:
        lines = list(lines)
        lines[one], lines[two] = lines[two], lines[one]
    return lines


def facts(path: str, content: str) -> list[tuple[tuple[str, ...], str]]:
    """What a file says, whatever the order of its keys and of the items of its lists."""
    form = format_of(path)
    if form is None:
        return []
    try:
        found = form.facts(form.read(path, content))
        return sorted((tuple("#" if part.isdigit() else part for part in fact.key), fact.text.raw) for fact in found)
    except UnreadableError:
        return [(("unreadable",), content)]


def by_position(path: str) -> bool:
    """Whether the order of its lines is a part of what a file says."""
    return path.endswith((".py", ".dart", "Dockerfile"))


@examples(max_examples=40)
@given(chance=st.randoms(use_true_random=False), path=st.sampled_from(sorted(FILES)), turns=st.integers(1, 6))
def test_it_is_byte_identical_when_unrelated_lines_come_or_change_places(
    chance: random.Random, path: str, turns: int
) -> None:
    changed = FILES[path]
    for _ in range(turns):
        change: Callable[[str, Lines, random.Random], Lines] = chance.choice([_comment, _swapped])
        lines = change(path, changed.splitlines(keepends=True), chance)
        same = facts(path, "".join(lines)) == facts(path, FILES[path])
        if same and not (change is _swapped and by_position(path)):
            changed = "".join(lines)
    assert written({**FILES, path: changed}) == OLD


def _services(content: str) -> Sequence[str]:
    """The blocks of a compose file: what stands before the services, and each of them."""
    blocks = [""]
    for line in content.splitlines(keepends=True):
        if line.startswith("  ") and line[2:3] not in (" ", "-", "#"):
            blocks.append("")
        blocks[-1] += line
    return blocks


@examples(max_examples=20)
@given(order=st.permutations(range(4)))
def test_the_order_of_services_does_not_matter(order: Sequence[int]) -> None:
    head, *services = _services(FILES["shop/docker-compose.yml"])
    assert len(services) == 4
    if order.index(0) > order.index(3):
        return  # of two services that want one port, the later one is told of
    changed = head + "".join(services[index] for index in order)
    assert written({**FILES, "shop/docker-compose.yml": changed}) == OLD


ENV = "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=made-up-and-old\n"
LIVEKIT = "keys:\n  devkey: c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ\n"


def readers(*names: str) -> str:
    return "services:\n" + "".join(f"  {name}: {{image: x, env_file: .env}}\n" for name in names)


def test_what_stands_in_a_shared_file_is_the_same_whoever_reads_it() -> None:
    found = {
        written({".env": ENV, "livekit.yaml": LIVEKIT, "docker-compose.yml": readers(*names)})
        for names in (("api",), ("api", "web"), ("web", "api"), ("admin", "api", "web"), ("renamed",))
    }
    assert len(found) == 1
    assert "secret-parity|differs|.env||value|LIVEKIT_API_SECRET\n" in found.pop()


def test_another_stack_changes_nothing_in_the_first_one() -> None:
    one = {path: content for path, content in FILES.items() if path.startswith("shop/")}
    known = written(one)
    other = {"more/docker-compose.yml": readers("other"), "docker-compose.yml": readers("root")}
    left = baseline.compared(result({**one, **other}), known)
    assert left.stale == ()
    assert {finding.place.path for finding in left.result.findings if finding.verdict == "fail"} <= set(other)


def test_a_value_that_changes_leaves_it_as_it_is() -> None:
    changed = {
        path: content.replace("8006", "8016").replace("50100", "50200").replace("changeme", "change_me_too")
        .replace("asr-service", "asr-server").replace("/healthz", "/ping")
        for path, content in FILES.items()
    }  # fmt: skip
    moved = {path: content for path, content in changed.items() if content != FILES[path]}
    assert len(moved) > 3
    assert written({**FILES, **moved}) == OLD


def calls(count: int) -> dict[str, str]:
    """An app that calls localhost so many times, from places without a name."""
    lines = "".join(f"  await http.get(Uri.parse('http://localhost:80{index}/'));\n" for index in range(count))
    return {
        "pubspec.yaml": "name: app\ndependencies: {flutter: {sdk: flutter}}\n",
        "lib/a.dart": f"import 'package:http/http.dart' as http;\nFuture<void> f() async {{\n{lines}}}\n",
    }


def test_findings_that_are_alike_are_counted() -> None:
    known = written(calls(2))
    (entry,) = {line for line in known.splitlines() if line.startswith("mobile-localhost|")}
    assert known.count(entry) == 2
    for count, new, stale in ((1, 0, (entry,)), (2, 0, ()), (3, 1, ())):
        compared = baseline.compared(result(calls(count)), known)
        assert sum(finding.rule == "mobile-localhost" for finding in compared.result.findings) == new
        assert compared.stale == stale
    assert baseline.pruned(known, [entry]) == written(calls(1))


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(lambda text: "\ufeff" + text, id="a byte order mark"),
        pytest.param(lambda text: text.replace("\n", "\n\n"), id="blank lines"),
        pytest.param(lambda text: text.replace("\n", "  \n"), id="white space at the end"),
        pytest.param(lambda text: "".join(sorted(text.splitlines(keepends=True), reverse=True)), id="another order"),
        pytest.param(lambda text: text.replace("\n", "\n# agreed on\n"), id="comments"),
        pytest.param(lambda text: text.rstrip("\n"), id="no end of the last line"),
        pytest.param(lambda text: text.partition("\n")[2], id="no head"),
    ],
)
def test_edits_by_hand_change_nothing(edited: Callable[[str], str]) -> None:
    found = baseline.compared(result(FILES), edited(OLD))
    assert found.stale == ()
    assert [finding for finding in found.result.findings if finding.verdict == "fail"] == []
    assert baseline.pruned(edited(OLD), ()) == OLD


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("<<<<<<< HEAD", "merge"),
        ("=======", "merge"),
        (">>>>>>> other", "merge"),
        ("||||||| base", "merge"),
        ("service-host", "not a baseline entry"),
        ("service-host|found|docker-compose.yml", "not a baseline entry"),
        ("Service Host|a|b|c|d|e", "not a baseline entry"),
        ("a|b|c|d|e|f|g", "not a baseline entry"),
        ("\0", "not a baseline entry"),
    ],
)
def test_what_is_no_entry_is_told_with_its_line(line: str, message: str) -> None:
    lines = OLD.splitlines()
    content = "\n".join([*lines[:4], line, *lines[4:]])
    with pytest.raises(InputError, match=message) as raised:
        baseline.compared(result({}), content)
    assert str(raised.value).startswith(".configlint-baseline:5: ")


@examples(max_examples=50)
@given(st.text(st.characters(codec="utf-8", exclude_characters="/\n\0\r"), min_size=1, max_size=8))
def test_any_name_is_one_word_of_one_line(name: str) -> None:
    path = f"{name}/.env"
    found = result({path: "A=1\nA=2\n"})
    content = baseline.written(found.findings)
    assert len(baseline.entries(content)) == content.count("\n") - 1
    assert baseline.compared(found, content).result.summary.baselined == len(found.findings)
    absent: list[str] = []

    def note(one: str) -> bool:
        absent.append(one)
        return False

    baseline.compared(result({}), content, absent=note)
    assert set(absent) == {finding.place.path for finding in found.findings}
