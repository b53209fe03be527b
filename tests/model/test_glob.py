"""Patterns of paths, held against a slow reading of the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configlint.model.glob import matches


def names_fit(pattern: str, name: str) -> bool:
    if not pattern:
        return not name
    if pattern[0] == "*":
        return any(names_fit(pattern[1:], name[start:]) for start in range(len(name) + 1))
    return bool(name) and pattern[0] in ("?", name[0]) and names_fit(pattern[1:], name[1:])


def paths_fit(pattern: list[str], path: list[str]) -> bool:
    """As gitignore's manual has it; `**` at the end is everything inside."""
    if not pattern:
        return not path
    if pattern == ["**"]:
        return bool(path)
    if pattern[0] == "**":
        return any(paths_fit(pattern[1:], path[start:]) for start in range(len(path) + 1))
    return bool(path) and names_fit(pattern[0], path[0]) and paths_fit(pattern[1:], path[1:])


NAMES = st.text("ab", min_size=1, max_size=4)
PATTERNS = st.lists(st.just("**") | st.text("ab*?", min_size=1, max_size=4), min_size=1, max_size=5)


@given(PATTERNS, st.lists(NAMES, min_size=1, max_size=5))
def test_it_means_what_git_means(pattern: list[str], path: list[str]) -> None:
    expected = paths_fit(pattern, path) or paths_fit([*pattern, "**"], path)
    assert matches("/".join(pattern), "/".join(path)) == expected


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("frontend/**/legacy/**", "frontend/app/legacy/a.dart"),
        ("**/fixtures/*.yaml", "a/fixtures/b.yaml"),
        ("**/x/y", "x/y"),
        ("vendor", "vendor/a/b"),
        ("./vendor/", "vendor/a"),
        ("a/**/b", "a/b"),
    ],
)
def test_any_number_of_directories_is_none_too(pattern: str, path: str) -> None:
    assert matches(pattern, path)
    assert not matches(pattern, f"other/{path}") or pattern.startswith("**")


@pytest.mark.parametrize("pattern", ["a*" * 400 + "b", "**/a/" * 400 + "b", "**/*a*a*a*/" * 100 + "b", "*" * 5000])
def test_no_pattern_takes_for_ever(pattern: str) -> None:
    assert not matches(pattern, "a/" * 200 + "a" * 200)
