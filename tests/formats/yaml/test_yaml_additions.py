"""What an insertion adds: as much as was meant, and nothing anywhere else."""

import pytest

from configlint.formats.yaml.additions import additions

SERVICE = "services:\n  api:\n    image: x\n    ports:\n      - '1:1'\n"


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        (SERVICE, SERVICE, 0),
        (SERVICE, SERVICE + "      - '2:2'\n", 1),
        (SERVICE, SERVICE + "      - '2:2'\n      - '3:3'\n", 2),
        (SERVICE, SERVICE.replace("    image", "    expose: ['1']\n    image"), 1),
        (SERVICE, SERVICE.replace("\n", "\r\n"), 0),
        (SERVICE, "# a comment\n" + SERVICE, 0),
        ("ports: ['1:1']\n", "ports: [\"0:0\", '1:1']\n", 1),
        ("a: 1\n---\nb: [1]\n", "a: 1\n---\nb: [1, 2]\n", 1),
        ("key:\nother: 1\n", "key: secret\nother: 1\n", 1),
        ("", "", 0),
        ("&a [*a]\n", "&a [*a, 1]\n", 1),
    ],
)
def test_what_is_new_is_counted(before: str, after: str, count: int) -> None:
    assert additions(before, after) == count


def test_what_an_alias_repeats_counts_at_each_of_its_places() -> None:
    before = "a: {ports: &p ['1:1']}\nb: {ports: *p}\n"
    assert additions(before, before.replace("'1:1'", "'1:1', '2:2'")) == 2
    merged = "a: &a\n  image: x\nb:\n  <<: *a\n"
    assert additions(merged, merged.replace("  image", "  ports: ['1:1']\n  image")) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (SERVICE, SERVICE.replace("'1:1'", "'2:2'")),
        (SERVICE, SERVICE.replace("      - '1:1'\n", "")),
        (SERVICE, SERVICE.replace("'1:1'", "1")),
        (SERVICE, SERVICE.replace("    image: x\n", "")),
        (SERVICE, SERVICE + "---\nmore: 1\n"),
        (SERVICE, SERVICE + "    image: x\n"),  # a key for the second time
        (SERVICE, SERVICE + "   - '2:2'\n"),
        ("a: [1, 2]\n", "a: [2, 1]\n"),
        ("key:\nother: 1\n", "key:\n  nested: 1\nother: 1\n"),
        ("a: [1\n", "a: [1, 2\n"),
        ("[" * 5000, "[" * 5000),
    ],
)
def test_anything_else_that_changes_is_no_addition(before: str, after: str) -> None:
    assert additions(before, after) is None


def test_aliases_that_multiply_are_compared_once() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 30)]
    before = "\n".join(lines) + "\n"
    assert additions(before, before.replace("[x]", "[x, y]")) == sum(9**level for level in range(30))
