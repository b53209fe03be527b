"""Writing results: where they may go, and what they must never replace."""

import os
from pathlib import Path

import pytest
from conftest import names, write_files

from configlint.cli import baseline, init
from configlint.config.load import NAMES
from configlint.engine.baseline import NAME
from configlint.repo import Opening, RepoError, WriteError, write_output, write_own


def output(root: Path, path: str, text: str) -> None:
    """Write a result of a run on `root`."""
    write_output(Opening(str(root)).tree(), path, text)


def test_output_replaces_a_file_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    output(tmp_path, str(target), "{}\r\n")
    assert target.read_bytes() == b"{}\r\n"
    target.chmod(0o640)
    (tmp_path / "link").symlink_to("report.json")
    output(tmp_path, str(tmp_path / "link"), "é")
    assert target.read_text() == "é"
    assert target.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link").is_symlink()
    assert names(tmp_path) == ["link", "report.json"]


def test_output_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        output(tmp_path, str(tmp_path / "x"), "")
    finally:
        os.umask(before)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o640


def test_output_into_what_is_no_file(tmp_path: Path) -> None:
    output(tmp_path, os.devnull, "x")
    reading, writing = os.pipe()
    output(tmp_path, f"/dev/fd/{writing}", "x")
    assert os.read(reading, 10) == b"x"
    os.close(reading)
    os.close(writing)


@pytest.mark.parametrize("path", ["absent/x", "file/x", "."])
def test_output_that_cannot_be_written_is_named(tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"file": "old"})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RepoError, match=path):
        output(tmp_path, path, "new")
    assert names(tmp_path) == ["file"]


def test_a_read_only_report_is_kept(tmp_path: Path) -> None:
    write_files(tmp_path, {"x": "old"})
    (tmp_path / "x").chmod(0o444)
    with pytest.raises(RepoError, match="read-only"):
        output(tmp_path, str(tmp_path / "x"), "new")
    assert (tmp_path / "x").read_text() == "old"
    assert names(tmp_path) == ["x"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository beside which a file lies that a link could lead to."""
    write_files(tmp_path, {"root/.env": "A=1\n", "root/out/x": "", "precious": "p", "elsewhere/x": "p"})
    return tmp_path / "root"


@pytest.mark.parametrize(
    ("link", "target", "path"),
    [
        ("r.sarif", "../precious", "r.sarif"),
        ("r.sarif", "../new", "r.sarif"),
        ("r.sarif", "out/../../precious", "out/../r.sarif"),
        ("r.sarif", "{parent}/precious", "r.sarif"),
        ("reports", "../elsewhere", "reports/x"),
        ("reports", "{parent}/elsewhere", "reports/new"),
        ("r.sarif", ".git/config", "r.sarif"),
        ("reports", ".git", "reports/hooks/pre-commit"),
    ],
)
def test_a_link_of_the_repository_leads_no_result_out_of_it(root: Path, link: str, target: str, path: str) -> None:
    write_files(root, {".git/config": "p", ".git/hooks/x": "p"})
    (root / link).symlink_to(target.format(parent=root.parent))
    before = {found: found.read_bytes() for found in root.parent.rglob("*") if found.is_file()}
    with pytest.raises(RepoError, match="symbolic link"):
        output(root, str(root / path), "new")
    assert {found: found.read_bytes() for found in root.parent.rglob("*") if found.is_file()} == before


def test_a_chain_of_links_that_passes_through_the_repository(root: Path) -> None:
    (root / "r.sarif").symlink_to("../precious")
    (root.parent / "mine").symlink_to("root/r.sarif")
    with pytest.raises(RepoError, match="symbolic link"):
        output(root, str(root.parent / "mine"), "new")
    (root / "loop").symlink_to("loop")
    with pytest.raises(RepoError, match="symbolic link"):
        output(root, str(root / "loop"), "new")
    assert (root.parent / "precious").read_text() == "p"


def test_links_of_the_user_and_within_the_repository_are_followed(root: Path) -> None:
    (root.parent / "mine").symlink_to("root/out/y")
    (root / "reports").symlink_to("out")
    output(root, str(root.parent / "mine"), "1")
    output(root, str(root / "reports/z"), "2")
    assert ((root / "out/y").read_text(), (root / "out/z").read_text()) == ("1", "2")
    (root.parent / "other").symlink_to("elsewhere/x")
    output(root, str(root.parent / "other"), "3")
    assert (root.parent / "elsewhere/x").read_text() == "3"


@pytest.mark.parametrize("name", [".env", "again"])
def test_what_was_read_is_not_replaced(root: Path, name: str) -> None:
    (root / "again").symlink_to(".env")
    tree = Opening(str(root)).tree()
    tree.read(".env")
    with pytest.raises(RepoError, match="one of the files that were checked"):
        write_output(tree, str(root / name), "new")
    assert (root / ".env").read_text() == "A=1\n"


def test_a_pipe_that_nobody_reads_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe")
    with pytest.raises(RepoError, match="pipe cannot be written"):
        output(root, str(root / "pipe"), "new")


@pytest.mark.parametrize("name", [NAME, NAMES[0], init.SCHEMA])
@pytest.mark.parametrize("target", ["../precious", "../new", ".env", "nowhere"])
def test_a_name_of_this_program_is_never_a_link(root: Path, name: str, target: str) -> None:
    (root / name).symlink_to(target)
    tree = Opening(str(root)).tree()
    with pytest.raises(WriteError, match=f"{name} is a symbolic link"):
        write_own(tree, {"first": "", name: "new"})
    assert names(root.parent) == ["elsewhere", "precious", "root"]
    assert ((root.parent / "precious").read_text(), (root / ".env").read_text()) == ("p", "A=1\n")
    assert not (root / "first").exists()


def test_every_writing_command_goes_through_this_door() -> None:
    """No module of the command line opens a file to write."""
    for module in (baseline, init):
        assert "write_own" in vars(module)
    package = Path(baseline.__file__).parent
    for path in package.glob("[!_]*.py"):
        assert not any(word in path.read_text() for word in ("open(", "write_text", "write_bytes"))
