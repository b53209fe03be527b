"""A file that cannot be read is a finding with its place, and no output quotes it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import write_files

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "html")


def check(directory: Path, *options: str) -> str:
    command = [sys.executable, "-c", "from configlint.cli import main; main()", "check", "--no-cache", *options]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout + done.stderr


BROKEN = {
    ".env": ("A=1\nAPI_SECRET=é-c4nary".encode() + b"\xff\n", (2, 20)),
    "livekit.yaml": (b'port: 7880\nkeys:\n  k: "c4nary" c4nary\n', (3, 15)),
}


@pytest.mark.parametrize("path", BROKEN)
def test_its_place_is_told(tmp_path: Path, path: str) -> None:
    content, place = BROKEN[path]
    write_files(tmp_path, {path: content})
    (finding,) = json.loads(check(tmp_path, "--format", "json"))["findings"]
    assert (finding["rule"], finding["severity"]) == ("unreadable-file", "error")
    assert (finding["path"], finding["line"], finding["column"]) == (path, *place)


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_never_quoted(tmp_path: Path, form: str) -> None:
    write_files(tmp_path, {path: content for path, (content, _) in BROKEN.items()})
    output = check(tmp_path, "--verbose", "--format", form)
    assert ".env" in output
    assert "c4nary" not in output


def test_an_encrypted_file_is_none_of_our_business(tmp_path: Path) -> None:
    write_files(tmp_path, {".env": b"\0GITCRYPT\0\x91\xff", "livekit.yaml": b"age-encryption.org/v1\n\xff\xfe"})
    assert json.loads(check(tmp_path, "--format", "json"))["findings"] == []
