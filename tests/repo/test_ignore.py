"""Ignore files mean to us what they mean to git, asked over generated patterns and paths."""

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configlint.repo.git import discover
from configlint.repo.ignore import Ignores, parse
from configlint.repo.ignoring import IgnoreQuestions, Ignoring

names = st.sampled_from(["a", "b", "ab", "a.b", ".env", "a b", "[a]", "a*", "!a", "#a", "B", "-", "a]"])
paths = st.lists(names, min_size=1, max_size=4).map("/".join)
pieces = st.sampled_from(
    ["a", "b", "*", "**", "?", "/", "/", "**/", "/**", ".", "[ab]", "[!a]", "[^a]", "[a-c]", "[]a]", "[a-]", "[",
     "[[:alpha:]]", "\\a", "\\*", "\\", "]", ".env", " ", "\\ ", "!", "#", "[[:punct:]]", "[[:nope:]]", "[\\]]", "B"]
)  # fmt: skip
patterns = st.lists(pieces, min_size=1, max_size=6).map("".join)
# What two stars mean beside another character depends on an optimisation within git, and a slash in a set on luck.
patterns = patterns.filter(lambda pattern: not re.search(r"[^/]\*\*|\*\*[^/]|\[.*/", pattern.removeprefix("!")))


def by_git(top: Path, asked: list[str]) -> list[bool]:
    """Whether git ignores each path; `a` is a directory, the others are files."""
    question = "".join(f"./{path}\0" for path in asked).encode()
    command = ["git", "-C", str(top), "check-ignore", "--no-index", "--stdin", "-z", "-v", "-n"]
    answer = subprocess.run(command, input=question, capture_output=True, check=False).stdout.split(b"\0")
    return [bool(pattern) and not pattern.startswith(b"!") for pattern in answer[2::4]]


def by_us(root: str, nested: str, path: str) -> bool:
    ignores = Ignores({"": parse(root), "a": parse(nested)})
    parts = path.split("/")
    above = ["/".join(parts[:end]) for end in range(1, len(parts))]
    return any(ignores.names(directory, True) for directory in above) or ignores.names(path, path == "a")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(patterns, max_size=4), st.lists(patterns, max_size=2), st.lists(paths, min_size=1, max_size=12))
def test_as_git_does(repository: Path, root: list[str], nested: list[str], asked: list[str]) -> None:
    files = {"": "\n".join(root), "a": "\n".join(nested)}
    (repository / "a").mkdir(exist_ok=True)
    for directory, content in files.items():
        (repository / directory / ".gitignore").write_text(content)
    assert [by_us(files[""], files["a"], path) for path in asked] == by_git(repository, asked)


@pytest.mark.parametrize(
    ("content", "path", "ignored"),
    [
        ("data/", "data", True),  # absent: it may be a directory, then it is ignored
        ("data/", "data/x/y", True),
        ("*.log\n!keep.log", "a/keep.log", False),
        ("logs\n!logs/keep", "logs/keep", True),  # nothing is taken back from within an ignored directory
        ("/a", "b/a", False),
        ("a/**/c", "a/c", True),
        ("a/**", "a", False),
        ("# .env\n.env\r\n", ".env", True),
        ("\ufeff.env", ".env", True),
        (".env   ", ".env", True),
        ("", ".env", False),
    ],
)
def test_absent_paths(content: str, path: str, ignored: bool) -> None:
    assert Ignores({"": parse(content)}).ignores(path) is ignored


@pytest.mark.parametrize(
    "content", ["*a" * 499 + "b", "*" * 3_000_000, "[" * 3_000_000, "**/a/" * 300 + "b", "b\n" * 1_000_000]
)
def test_a_hostile_file_is_answered(content: str) -> None:
    assert not Ignores({"": parse(content)}).ignores("a/" * 100 + "c" * 255)


asked_patterns = st.lists(pieces, min_size=1, max_size=6).map("".join)
"""With those that are left to git, too."""


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(asked_patterns, max_size=3),
    st.lists(asked_patterns, max_size=2),
    st.lists(asked_patterns, max_size=2),
    st.lists(paths, min_size=1, max_size=8),
    st.sampled_from(["", "a"]),
)
def test_a_repository_is_answered_as_git_does(
    repository: Path, top: list[str], nested: list[str], excluded: list[str], asked: list[str], below: str
) -> None:
    """Whoever answers; from the top, and from a root that is a part of the work tree."""
    (repository / "a").mkdir(exist_ok=True)
    for path, lines in ((".gitignore", top), ("a/.gitignore", nested), (".git/info/exclude", excluded)):
        (repository / path).write_text("\n".join(lines))
    found = discover(str(repository))
    root = str(Path(found.top, below))
    ignoring = Ignoring(found, root, found.settings(found.ask_settings(root).answer()))
    for directory in ("", "a"):
        if directory.startswith(below):
            ignoring.learn(directory[len(below) :], str(Path(found.top, directory, ".gitignore")))
    absent = [path for path in asked if below or path != "a"]  # of what is there nobody asks
    told = IgnoreQuestions(found, root)
    assert [ignoring.ignores(path) for path in absent] == [told.ignores(path) for path in absent]
    assert ignoring.ignored(absent) == told.ignored(absent)
    told.close()
