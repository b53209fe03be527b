"""Bytes to text, and what is said of bytes that are none."""

import os
from pathlib import Path

import pytest
from conftest import write_files
from hypothesis import given
from hypothesis import strategies as st

from configlint.model.document import Lines, SealedError, UnreadableError
from configlint.repo import Opening, RepoError, builtin_rules, read_outside
from configlint.repo.reading import MAX_BYTES, decode


def test_byte_order_mark_and_line_ends_are_kept(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.yaml": b"\xef\xbb\xbfa: 1\r\nb: \xc3\xa9\rc\n", "empty": b""})
    tree = Opening(str(tmp_path)).tree()
    assert tree.read("a.yaml") == "\ufeffa: 1\r\nb: é\rc\n"
    assert tree.read("./x/../a.yaml") == tree.read("a.yaml")
    assert tree.read("empty") == ""


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(lambda text: text[:1] != "\ufeff")
)
def test_any_text_is_read_as_it_was_written(content: str) -> None:
    assert decode(content.encode()) == content


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40), st.binary(max_size=8))
def test_the_offset_counts_the_characters_before_the_first_bad_byte(before: str, after: bytes) -> None:
    data = b"." + before.encode() + b"\xff" + after
    with pytest.raises(UnreadableError) as caught:
        decode(data)
    assert caught.value.offset == len(before) + 1
    assert caught.value.content == "." + before


def test_the_place_of_a_bad_byte_can_be_told() -> None:
    with pytest.raises(UnreadableError) as caught:
        decode("é: 1\nname: caf".encode() + b"\xe9\nend\n")
    error = caught.value
    assert Lines(error.content).position(error.offset) == (2, 10)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be", "utf-16-le", "utf-32"])
def test_wide_text_is_named(codec: str) -> None:
    mark = {"utf-16-be": b"\xfe\xff", "utf-16-le": b"\xff\xfe"}.get(codec, b"")
    with pytest.raises(UnreadableError, match=codec[:6].upper()):
        decode(mark + "A=1\n".encode(codec))


def test_nul_bytes() -> None:
    with pytest.raises(UnreadableError, match="binary") as caught:
        decode(b"A=\xc3\xa9\nB\0=1")
    assert (caught.value.offset, caught.value.content) == (5, "A=é\nB")


@pytest.mark.parametrize("data", [b"\0GITCRYPT\0\x93\xffabc", b"age-encryption.org/v1\n-> X25519\n\xff\0"])
def test_encrypted_files_are_told_from_broken_ones(data: bytes) -> None:
    with pytest.raises(SealedError):
        decode(data)


def test_size_has_an_end(tmp_path: Path) -> None:
    write_files(tmp_path, {"fits.yaml": b"a" * MAX_BYTES, "more.yaml": b"a" * (MAX_BYTES + 1)})
    tree = Opening(str(tmp_path)).tree()
    assert len(tree.read("fits.yaml")) == MAX_BYTES
    with pytest.raises(UnreadableError, match="larger than 2 MB"):
        tree.read("more.yaml")


def test_a_file_is_read_once(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.yaml": "old", "b.yaml": "old"})
    tree = Opening(str(tmp_path)).tree()
    assert tree.read("a.yaml") == "old"
    write_files(tmp_path, {"a.yaml": "new"})
    assert tree.read("a.yaml") == "old"
    (tmp_path / "b.yaml").unlink()
    with pytest.raises(UnreadableError, match="no such file"):
        tree.read("b.yaml")


def test_a_file_that_is_closed_to_us(unprivileged: Path) -> None:
    write_files(unprivileged, {"a.yaml": "", "b/c.yaml": ""})
    (unprivileged / "a.yaml").chmod(0)
    (unprivileged / "b").chmod(0)
    tree = Opening(str(unprivileged)).tree()
    assert list(tree.files) == ["a.yaml"]
    with pytest.raises(UnreadableError, match="permission denied"):
        tree.read("a.yaml")
    assert tree.state("b/c.yaml") == "other"


def test_named_files_are_read_wherever_they_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"here/a.yaml": "x", "there/rule.yaml": "é"})
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "there/link").symlink_to("rule.yaml")
    monkeypatch.chdir(tmp_path / "here")
    assert read_outside("../there/rule.yaml") == "é"
    assert read_outside("../there/link") == "é"
    for path in ("absent", "../there", "../pipe"):
        with pytest.raises(RepoError, match=path):
            read_outside(path)


def test_the_rules_that_come_with_the_program_lie_beside_it() -> None:
    directory = Path(__file__).parents[2] / "rules"
    assert builtin_rules() == [(str(path), path.read_text()) for path in sorted(directory.glob("*.yaml"))]
