"""Repositories that were made to harm whoever reads them: each is answered with a finding or exit 2, in little memory.

Each run is a process of its own with a limit on its memory. Its time is limited only so that a run that never ends
fails.
"""

import os
import resource
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import BOMBS, BROKEN_BYTES, COMPOSE, CYCLES, LONG, OUTSIDE, OWN, PLAIN, Files
from running import Ran, git, run, write

from configlint.cli.session import written
from configlint.report import FORMATS

MEMORY = 256 << 20
"""Bytes that a run may take, beside what this process has taken already."""
STATUS = Path("/proc/self/status")
"""Where Linux tells how much that is."""
PATIENCE = 60
"""Seconds after which a run is held for endless."""


@pytest.fixture(scope="module", autouse=True)
def _rules() -> None:
    """Read once, and not again by each of the processes that are forked from this one."""
    written()


def checked(root: Path, *arguments: str) -> Ran:
    """A run of `check` that must end well, with the two exit codes of an answer or that of wrong input."""
    out, err = root.with_name(f"{root.name}-out"), root.with_name(f"{root.name}-err")
    child = os.fork()
    if child == 0:
        code = 70
        try:
            signal.alarm(PATIENCE)
            if STATUS.exists():
                limit = _taken() + MEMORY
                resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
            ran = run(root, "check", "--no-cache", *arguments)
            out.write_text(ran.stdout, encoding="utf-8")
            err.write_text(ran.stderr, encoding="utf-8")
            code = ran.exit
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 1, 2), f"{code}: {err.read_text() if err.exists() else 'no word'}"
    ran = Ran(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
    assert "Traceback" not in ran.stderr
    return ran


def _taken() -> int:
    """Bytes of memory that are this process's own."""
    (line,) = (line for line in STATUS.read_text().splitlines() if line.startswith("VmData:"))
    return int(line.split()[1]) << 10


def told(ran: Ran) -> set[tuple[str, str]]:
    return {(found["rule"], found["path"]) for found in ran.findings}


@pytest.mark.parametrize("name", BOMBS)
def test_what_grows_when_it_is_followed(tmp_path: Path, name: str) -> None:
    checked(write(tmp_path / "root", BOMBS[name]), "--format", "json")


@pytest.mark.parametrize("name", LONG)
def test_long_lines(tmp_path: Path, name: str) -> None:
    ran = checked(write(tmp_path / "root", LONG[name]), "--format", "json")
    assert len(ran.stdout) < 10_000 * (1 + len(ran.stdout.split('"rule"')))


UNREADABLE = ("aliases", "merges", "flow nesting", "closed flow nesting", "block nesting", "a merge of itself",
              "a scalar that holds itself", "Python nesting", "Python lists", "Python signs")  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_followed_is_told(tmp_path: Path, name: str) -> None:
    (path,) = BOMBS[name]
    ran = checked(write(tmp_path / "root", BOMBS[name]), "--format", "json")
    assert ("unreadable-file", path) in told(ran)


@pytest.mark.parametrize("name", [name for name in CYCLES if name.startswith(("include", "extend"))])
def test_a_ring_is_told(tmp_path: Path, name: str) -> None:
    ran = checked(write(tmp_path / "root", CYCLES[name]), "--format", "json")
    assert "unreadable-file" in {rule for rule, _ in told(ran)}


@pytest.mark.parametrize("name", CYCLES)
def test_a_ring_has_an_end(tmp_path: Path, name: str) -> None:
    checked(write(tmp_path / "root", CYCLES[name]), "--format", "json")


@pytest.mark.parametrize("path", PLAIN)
def test_bytes_that_are_no_text(tmp_path: Path, path: str) -> None:
    for number, content in enumerate(BROKEN_BYTES.values()):
        ran = checked(write(tmp_path / f"{number}", {**PLAIN, **OWN, path: content}), "--format", "json")
        assert ("unreadable-file", path) in told(ran)


@pytest.mark.parametrize("path", [".configlint.yaml", "pyproject.toml", "rule.yaml", ".configlint-baseline"])
def test_words_to_configlint_that_are_no_text(tmp_path: Path, path: str) -> None:
    asked: Files = {".env": "A=1\n", "rule.yaml": "", ".configlint.yaml": "rule-files: [rule.yaml]\n"}
    if path == "pyproject.toml":
        asked = {}
    for number, content in enumerate(BROKEN_BYTES.values()):
        head = b"[tool.configlint]\n" if path == "pyproject.toml" else b""
        ran = checked(write(tmp_path / f"{number}", {**asked, path: head + content}))
        assert ran.exit == 2 or path == "pyproject.toml"


def fifo(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


KINDS: dict[str, Callable[[Path], object]] = {
    "a directory": Path.mkdir,
    "a FIFO": fifo,
    "a socket": listening,
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to a terminal": lambda path: path.symlink_to("/dev/tty"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a link to its directory": lambda path: path.symlink_to("."),
    "a link to outside": lambda path: path.symlink_to(OUTSIDE),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("by", ["git", "walk"])
def test_something_else_stands_where_a_file_is_expected(tmp_path: Path, kind: str, by: str) -> None:
    """Every file in turn, and what asks git or docker to ignore files."""
    for number, path in enumerate([*PLAIN, ".gitignore", ".dockerignore", ".env.example", "requirements.txt"]):
        root = write(tmp_path / f"{number}", PLAIN)
        if by == "git":
            git(root, "init", "--quiet")
            git(root, "add", "--all")
        (root / path).unlink(missing_ok=True)
        KINDS[kind](root / path)
        ran = checked(root, "--root", ".", "--format", "json")
        assert "root:x:0" not in ran.stdout + ran.stderr


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", [".configlint.yaml", "pyproject.toml", "rule.yaml", ".configlint-baseline"])
def test_nor_is_it_read_as_words_to_configlint(tmp_path: Path, path: str, kind: str) -> None:
    asked: Files = {".env": "A=1\n", ".configlint.yaml": "rule-files: [rule.yaml]\n", "rule.yaml": ""}
    root = write(tmp_path / "root", asked if path == "rule.yaml" else {".env": "A=1\n"})
    (root / path).unlink(missing_ok=True)
    KINDS[kind](root / path)
    ran = checked(root)
    assert ran.exit == (2 if path == "rule.yaml" else 0)
    assert "root:x:0" not in ran.stdout + ran.stderr
    ran = checked(root, "--config", path)
    assert ran.exit == 2


TREASURE = "services: {stolen: {image: x, environment: {A_URL: 'http://nowhere-else:1'}}}\n"

LEAVING: dict[str, Files] = {
    "include": {COMPOSE: "include: ['{0}']\nservices: {{a: {{image: x}}}}\n"},
    "include with env_file": {COMPOSE: "include: [{{path: b.yml, env_file: '{0}'}}]\n", "b.yml": "services: {{}}\n"},
    "include with project_directory": {
        COMPOSE: "include: [{{path: b.yml, project_directory: '{0}/..'}}]\n",
        "b.yml": "services: {{a: {{image: x, env_file: treasure}}}}\n",
    },
    "extends": {COMPOSE: "services: {{a: {{extends: {{file: '{0}', service: stolen}}}}}}\n"},
    "env_file": {COMPOSE: "services: {{a: {{image: x, env_file: '{0}'}}}}\n"},
    "build": {COMPOSE: "services: {{a: {{build: '{0}'}}, b: {{build: {{context: ., dockerfile: '{0}'}}}}}}\n"},
    "volumes": {COMPOSE: "services: {{a: {{image: livekit/livekit-server, command: --config /c, "
                         "volumes: ['{0}:/c:ro']}}}}\n"},
    "secrets": {COMPOSE: "services: {{a: {{image: x, secrets: [s]}}}}\nsecrets: {{s: {{file: '{0}'}}}}\n"},
    "COPY": {COMPOSE: "services: {{a: {{build: .}}}}\n", "Dockerfile": "FROM x\nCOPY {0} /\nCMD [\"/treasure\"]\n"},
    "rule-files": {".configlint.yaml": "rule-files: ['{0}']\n"},
    "stacks": {".configlint.yaml": "stacks: {{s: {{compose: ['{0}'], env: ['{0}'], livekit: '{0}'}}}}\n"},
    "workers": {".configlint.yaml": "workers: {{'{0}': 3}}\n"},
    "mobile paths": {".configlint.yaml": "mobile: {{paths: ['{0}']}}\n"},
    "a rule": {".configlint.yaml": "rule-files: [r.yaml]\n", "r.yaml": "id: r\ntitle: t\nwhy: w\nseverity: error\n"
               "kind: equals\nfrom: [{{file: '{0}', key: services}}, {{file: .env, key: A}}]\n", ".env": "A=1\n"},
    "flutter assets": {"pubspec.yaml": "name: a\ndependencies: {{flutter: {{sdk: flutter}}}}\nflutter: {{assets: "
                       "['{0}']}}\n", "lib/a.dart": "final a = dotenv.load(fileName: '{0}');\n"},
    "load_dotenv": {"main.py": "from dotenv import load_dotenv\nload_dotenv('{0}')\n", "Dockerfile":
                    "FROM x\nCOPY . .\nCMD python main.py\n", COMPOSE: "services: {{a: {{build: .}}}}\n"},
    "Python imports": {"gunicorn.conf.py": "from treasure import *\nworkers = exec(open('{0}').read())\n"},
    "Dart imports": {"lib/a.dart": "import '{0}';\nconst a = 'http://localhost';\n",
                     "pubspec.yaml": "name: a\ndependencies: {{flutter: {{sdk: flutter}}}}\n"},
}  # fmt: skip
"""Everything in a repository that names another file."""

TOLD = ("include", "extends", "rule-files", "stacks")
"""Where leaving the repository is an error of its own."""


@pytest.mark.parametrize("how", ["up", "absolute", "link"])
@pytest.mark.parametrize("name", LEAVING)
def test_a_path_that_leaves_the_repository(tmp_path: Path, name: str, how: str) -> None:
    """What lies there is readable, would be found wrong, and is not read."""
    write(tmp_path, {"treasure": TREASURE})
    path = {"up": "../treasure", "absolute": f"{tmp_path}/treasure", "link": "link"}[how]
    files = {file: str(content).format(path) for file, content in LEAVING[name].items()}
    root = write(tmp_path / "root", {**files, "config.yaml": "a: 1\n"})
    (root / "link").symlink_to("../treasure")
    opened = watched(tmp_path, root)
    assert not opened, opened
    ran = checked(root, "--format", "json")
    assert "nowhere-else" not in ran.stdout + ran.stderr
    assert "stolen" not in ran.stdout + ran.stderr or name == "extends"
    if name in TOLD:
        assert ran.exit == 2 or "unreadable-file" in {rule for rule, _ in told(ran)}


def watched(outer: Path, root: Path) -> list[str]:
    """The files outside of the repository, in the directory that holds it, that a run of `check` opens."""
    opened = outer / "opened"
    child = os.fork()
    if child == 0:
        try:
            import sys

            seen: list[str] = []
            sys.addaudithook(lambda event, values: seen.append(f"{values[0]}") if event == "open" else None)
            run(root, "check", "--no-cache")
            ours = (str(root), str(outer / "root-"))
            opened.write_text("\n".join(one for one in seen if "treasure" in one and not one.startswith(ours)))
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    return opened.read_text().splitlines()


def test_etc_passwd_is_reported_and_not_read(tmp_path: Path) -> None:
    ran = checked(write(tmp_path / "root", {COMPOSE: f"include: ['{OUTSIDE}']\n"}), "--format", "json")
    (found,) = [found for found in ran.findings if found["rule"] == "unreadable-file"]
    assert found["path"] == COMPOSE
    assert "outside" in found["message"] or "leaves" in found["message"]
    assert "root:x:0" not in ran.stdout


def test_a_finding_in_a_line_of_200000_characters(tmp_path: Path) -> None:
    """Minified: the excerpt is cut around the span."""
    line = "services: {a: {image: x, labels: {b: '" + "x" * 200_000 + "'}, environment: {U_URL: 'http://nobody:1'}}}"
    root = write(tmp_path / "root", {COMPOSE: line + "\n"})
    for form in FORMATS:
        ran = checked(root, "--format", form)
        assert ran.exit == 1
        assert "nobody" in ran.stdout
        assert len(ran.stdout) < 80_000
