"""Exit codes and options of `check`: what scripts and hooks rely on."""

import json
import subprocess
import sys
from inspect import signature
from pathlib import Path
from xml.etree import ElementTree

import pytest
from running import check, process, repository, run, write

from configlint.cli import check as checking
from configlint.cli.commands import cli

PAIR = {
    ".env": "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=made-up-and-of-last-year\n",
    "livekit.yaml": "keys:\n  devkey: c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ\n",
}
ERROR = PAIR
WARNING = {".env": "DB_PASSWORD=changeme\n"}
CLEAN = {".env": "PORT=8000\n"}
INFO = {**ERROR, ".configlint.yaml": "rules: {secret-parity: info}\n"}
UNVERIFIABLE = {"gunicorn.conf.py": "workers = cpu_count()\n", ".configlint.yaml": "workers: {default: 3}\n"}


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        pytest.param(CLEAN, {"error": 0, "warning": 0, "info": 0, "never": 0}, id="clean"),
        pytest.param(UNVERIFIABLE, {"error": 0, "warning": 0, "info": 0, "never": 0}, id="unverifiable"),
        pytest.param(INFO, {"error": 0, "warning": 0, "info": 1, "never": 0}, id="info"),
        pytest.param(WARNING, {"error": 0, "warning": 1, "info": 1, "never": 0}, id="warning"),
        pytest.param(ERROR, {"error": 1, "warning": 1, "info": 1, "never": 0}, id="error"),
        pytest.param({}, {"error": 0, "warning": 0, "info": 0, "never": 0}, id="nothing at all"),
        pytest.param({".env": "", "livekit.yaml": ""}, {"error": 0, "info": 0}, id="files without content"),
    ],
)
def test_exit_codes(tmp_path: Path, files: dict[str, str], codes: dict[str, int]) -> None:
    write(tmp_path, files)
    assert run(tmp_path, "check").exit == codes.get("warning", 0)
    for fail_on, code in codes.items():
        ran = run(tmp_path, "check", "--fail-on", fail_on)
        assert (fail_on, ran.exit) == (fail_on, code), ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("files", "rule", "code"),
    [
        (CLEAN, "secret-parity", 1),  # vacuous
        (PAIR, "unreadable-file", 0),
        (UNVERIFIABLE, "worker-count", 1),
        (UNVERIFIABLE, "unreadable-file", 0),
        (ERROR, "secret-parity", 0),  # it ran; that it failed is not what --require asks
    ],
)
def test_a_required_rule_has_to_say_something(tmp_path: Path, files: dict[str, str], rule: str, code: int) -> None:
    write(tmp_path, files)
    ran = run(tmp_path, "check", "--fail-on", "never", "--require", rule)
    assert ran.exit == code
    note = f"note: --require failed: {rule} could not be checked, or found nothing to check\n"
    assert (note in ran.stdout) == bool(code)


def test_an_unverifiable_finding_is_counted_apart(tmp_path: Path) -> None:
    ran = check(write(tmp_path, UNVERIFIABLE))
    (finding,) = ran.findings
    assert (finding["verdict"], finding["severity"], finding["rule"]) == ("unverifiable", "info", "worker-count")
    assert [ran.summary[name] for name in ("error", "warning", "info", "unverifiable")] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        ((), ["duplicate-key", "secret-placeholder"]),
        (("--select", "duplicate-key"), ["duplicate-key"]),
        (("--select", "duplicate-key", "--select", "secret-placeholder"), ["duplicate-key", "secret-placeholder"]),
        (("--ignore", "duplicate-key"), ["secret-placeholder"]),
        (("--select", "duplicate-key", "--ignore", "duplicate-key"), []),
    ],
)
def test_select_and_ignore(tmp_path: Path, arguments: tuple[str, ...], rules: list[str]) -> None:
    write(tmp_path, {".env": "DB_PASSWORD=changeme\nA=1\nA=2\n"})
    assert sorted(one["rule"] for one in check(tmp_path, *arguments).findings) == rules


def test_a_suppression_of_an_unselected_rule_is_not_accused(tmp_path: Path) -> None:
    write(tmp_path, {".env": "A=1  # configlint: ignore[duplicate-key]\n"})
    assert [one["rule"] for one in check(tmp_path).findings] == ["unused-suppression"]
    assert check(tmp_path, "--ignore", "duplicate-key").findings == []
    assert check(tmp_path, "--select", "unused-suppression").findings == []


class TestPaths:
    """PATHs choose what is told; everything is read."""

    FILES = (
        ("a/.env", PAIR[".env"]),
        ("a/livekit.yaml", PAIR["livekit.yaml"]),
        ("b/.env", WARNING[".env"]),
    )

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        return repository(tmp_path / "r", dict(self.FILES))

    @pytest.mark.parametrize(
        ("arguments", "rules"),
        [
            ((".",), ["secret-parity", "secret-placeholder"]),
            (("a",), ["secret-parity"]),
            (("a/",), ["secret-parity"]),
            (("./a/../a/livekit.yaml",), ["secret-parity"]),
            (("b/.env",), ["secret-placeholder"]),
            (("a", "b"), ["secret-parity", "secret-placeholder"]),
            (("a", "."), ["secret-parity", "secret-placeholder"]),
            ((".gitignore",), []),
        ],
    )
    def test_from_the_top(self, root: Path, arguments: tuple[str, ...], rules: list[str]) -> None:
        ran = check(root, *arguments)
        assert [one["rule"] for one in ran.findings] == rules
        assert ran.exit == int(bool(rules))
        assert sum(ran.summary[name] for name in ("error", "warning")) == len(rules)

    def test_from_below(self, root: Path) -> None:
        assert [one["path"] for one in check(root / "b").findings] == ["b/.env"]
        assert [one["path"] for one in check(root / "b", ".").findings] == ["b/.env"]
        assert [one["path"] for one in check(root / "b", "../a").findings] == ["a/.env"]
        assert [one["path"] for one in check(root / "b", str(root / "a")).findings] == ["a/.env"]

    def test_an_explicit_root(self, root: Path) -> None:
        assert [one["path"] for one in check(root, "--root", "a").findings] == [".env"]
        assert [one["path"] for one in check(root / "b", "--root", "../a", "../a/.env").findings] == [".env"]

    def test_a_path_that_is_not_there_or_elsewhere(self, root: Path, tmp_path: Path) -> None:
        ran = run(root, "check", "c")
        assert (ran.exit, ran.stdout, ran.stderr) == (2, "", "configlint: c: no such file or directory\n")
        ran = run(root, "check", "a", str(tmp_path))
        assert ran.exit == 2
        assert "is outside" in ran.stderr
        assert run(root, "check", "--root", "a", "b").exit == 2
        assert run(root, "check", "--root", "c").exit == 2


class TestConfigurations:
    """Which configuration counts, and what is wrong with one."""

    @pytest.mark.parametrize("name", [".configlint.yaml", "configlint.yaml"])
    def test_it_is_found_at_the_root(self, tmp_path: Path, name: str) -> None:
        write(tmp_path, {**ERROR, name: "rules: {secret-parity: off}\n"})
        assert check(tmp_path).exit == 0

    def test_in_pyproject(self, tmp_path: Path) -> None:
        write(tmp_path, {**ERROR, "pyproject.toml": "[tool.configlint.rules]\nsecret-parity = 'warning'\n"})
        assert [one["severity"] for one in check(tmp_path).findings] == ["warning"]

    def test_a_pyproject_of_somebody_else_is_left_alone(self, tmp_path: Path) -> None:
        for content in (b"[tool.configlint]\xff", b"[tool.black\n", b"\0[tool.configlint]"):
            write(tmp_path, {**CLEAN, "pyproject.toml": content})
            assert run(tmp_path, "check").exit == 0, content

    def test_one_that_is_named(self, tmp_path: Path) -> None:
        write(tmp_path, {**ERROR, ".configlint.yaml": "rules: {secret-parity: off}\n"})
        write(tmp_path, {"ci/strict.yaml": "rules: {secret-parity: warning}\n", "ci/x.toml": "[tool.configlint]\n"})
        assert [one["severity"] for one in check(tmp_path, "--config", "ci/strict.yaml").findings] == ["warning"]
        assert [one["severity"] for one in check(tmp_path, "--config", "ci/x.toml").findings] == ["error"]
        ran = run(tmp_path, "check", "--config", "ci/absent.yaml")
        assert (ran.exit, ran.stdout) == (2, "")
        assert "ci/absent.yaml" in ran.stderr

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (
                "rules:\n  secret-partiy: off\n",
                ".configlint.yaml:2: no rule 'secret-partiy', did you mean 'secret-parity'?",
            ),
            ("worker: {}\n", ".configlint.yaml:1: unknown key 'worker', did you mean 'workers'?"),
            ("workers: {default: three}\n", ".configlint.yaml:1: 'workers.default' should be a whole number"),
            ("workers: {nobody: 3}\n", ".configlint.yaml:1: no service or file 'nobody'"),
            ("rule-files: [mine.yaml]\n", ".configlint.yaml:1: there is no rule file 'mine.yaml'"),
        ],
    )
    @pytest.mark.parametrize("command", [("check",), ("fix",), ("fix", "--diff"), ("check", "--format", "json")])
    def test_a_wrong_one_is_wrong_usage(self, tmp_path: Path, command: tuple[str, ...], text: str, said: str) -> None:
        write(tmp_path, {**ERROR, ".configlint.yaml": text})
        ran = run(tmp_path, *command)
        assert (ran.exit, ran.stdout) == (2, "")
        assert ran.stderr.startswith(f"configlint: {said}"), ran.stderr

    def test_rules_of_one_s_own(self, tmp_path: Path) -> None:
        mine = "id: mine\ntitle: alike\nwhy: so\nseverity: warning\nkind: equals\n"
        places = "from: [{file: .env, key: A}, {file: .env, key: B}]\n"
        write(
            tmp_path,
            {".env": "A=1\nB=2\n", "r/mine.yaml": mine + places, ".configlint.yaml": "rule-files: [r/*.yaml]\n"},
        )
        assert [one["rule"] for one in check(tmp_path).findings] == ["mine"]
        assert check(tmp_path, "--ignore", "mine").findings == []
        write(tmp_path, {"r/mine.yaml": mine.replace("id: mine", "id: secret-parity") + places})
        ran = run(tmp_path, "check")
        assert (ran.exit, ran.stderr) == (
            2,
            "configlint: r/mine.yaml: rule 'secret-parity' is already defined in built in\n",
        )
        write(tmp_path, {"r/mine.yaml": mine + places.replace("from", "form")})
        ran = run(tmp_path, "check")
        assert (ran.exit, ran.stderr) == (2, "configlint: r/mine.yaml:6: unknown key 'form', did you mean 'from'?\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--select", "secret-partiy"), "no rule 'secret-partiy', did you mean 'secret-parity'?"),
        (("check", "--ignore", "x"), "no rule 'x'"),
        (("check", "--require", "worker-cuont"), "no rule 'worker-cuont', did you mean 'worker-count'?"),
        (("check", "--fail-on", "fatal"), "'fatal' is not one of 'error', 'warning', 'info', 'never'"),
        (("check", "--format", "xml"), "'xml' is not one of"),
        (("check", "--nonsense"), "--nonsense"),
        (("chekc",), "No such command 'chekc'"),
        (("explain",), "Missing argument 'RULE'"),
        (("explain", "secret-partiy"), "no rule 'secret-partiy', did you mean 'secret-parity'?"),
        (("test", "absent.yaml"), "absent.yaml"),
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = run(tmp_path, *arguments)
    assert (ran.exit, ran.stdout) == (2, "")
    assert ran.stderr.startswith("configlint: ")
    assert said in ran.stderr


def test_without_a_command_there_is_help(tmp_path: Path) -> None:
    ran = run(tmp_path)
    assert (ran.exit, ran.stdout) == (2, "")
    assert ran.stderr.startswith("Usage:")


def test_a_directory_that_is_gone(tmp_path: Path) -> None:
    program = "import os, shutil; shutil.rmtree(os.getcwd()); from configlint.cli import main; main()"
    gone = tmp_path / "gone"
    gone.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", program, "check"],
        cwd=gone,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (2, "configlint: the current directory no longer exists\n")


def test_help_and_version(tmp_path: Path) -> None:
    for arguments in (("--help",), ("-h",), ("check", "--help")):
        ran = run(tmp_path, *arguments)
        assert (ran.exit, ran.stderr) == (0, "")
        assert "Usage:" in ran.stdout
    assert run(tmp_path, "--version").stdout == "configlint 0.1.0\n"


class TestOutput:
    """Where a result goes, and in which form."""

    def test_a_file(self, tmp_path: Path) -> None:
        write(tmp_path, ERROR)
        ran = run(tmp_path, "check", "--format", "json", "--output", "result.json")
        assert (ran.exit, ran.stdout) == (1, "")
        written = (tmp_path / "result.json").read_text(encoding="utf-8")
        assert json.loads(written)["summary"]["error"] == 1
        assert written == check(tmp_path).stdout

    def test_one_that_cannot_be_written(self, tmp_path: Path) -> None:
        ran = run(write(tmp_path, ERROR), "check", "--output", "no/where.json")
        assert (ran.exit, ran.stdout) == (2, "")
        assert "no/where.json" in ran.stderr

    @pytest.mark.parametrize("form", ["json", "sarif", "gitlab"])
    def test_json(self, tmp_path: Path, form: str) -> None:
        assert json.loads(run(write(tmp_path, ERROR), "check", "--format", form).stdout)

    def test_junit(self, tmp_path: Path) -> None:
        ElementTree.fromstring(run(write(tmp_path, ERROR), "check", "--format", "junit").stdout)

    @pytest.mark.parametrize("form", ["text", "concise", "github", "markdown", "html"])
    def test_forms_for_people(self, tmp_path: Path, form: str) -> None:
        ran = run(write(tmp_path, ERROR), "check", "--format", form)
        assert (ran.exit, ran.stderr) == (1, "")
        assert "secret-parity" in ran.stdout

    def test_text_leaves_infos_out_unless_asked(self, tmp_path: Path) -> None:
        write(tmp_path, INFO)
        assert "[secret-parity]" not in run(tmp_path, "check").stdout
        assert "[secret-parity]" in run(tmp_path, "check", "--verbose").stdout

    @pytest.mark.parametrize(("color", "painted"), [("always", True), ("never", False), ("auto", False)])
    def test_color(self, tmp_path: Path, color: str, painted: bool) -> None:
        assert ("\x1b[" in run(write(tmp_path, ERROR), "check", "--color", color).stdout) is painted

    def test_the_same_input_gives_the_same_bytes(self, tmp_path: Path) -> None:
        write(tmp_path, {**ERROR, **WARNING, "app/.env": "A=1\nA=2\n"})
        first = [process(tmp_path, "check", "--format", form, PYTHONHASHSEED="1").stdout for form in ("json", "text")]
        again = [process(tmp_path, "check", "--format", form, PYTHONHASHSEED="2").stdout for form in ("json", "text")]
        assert first == again


def test_a_broken_file_is_a_finding_and_the_others_are_checked(tmp_path: Path) -> None:
    write(tmp_path, {**PAIR, "egress/livekit.yaml": "keys: [\n", "b/.env": b"A=\xff\n", "c/.env": b"\0"})
    rules = [(one["path"], one["rule"]) for one in check(tmp_path).findings]
    assert (".env", "secret-parity") in rules
    assert ("egress/livekit.yaml", "unreadable-file") in rules
    assert ("b/.env", "unreadable-file") in rules


def test_data_of_an_image_may_be_large_but_no_configuration(tmp_path: Path) -> None:
    compose = "services: {a: {build: ., environment: {MODE: fast}}}\n"
    image = {"Dockerfile": "FROM x\nCOPY . /app\n", "main.py": "import os\nos.environ['MODE']\n"}
    large = {"cities.json": "[\n" + "1,\n" * 800_000, "livekit.yaml": "port: 7880\n" + "#\n" * 1_200_000}
    write(tmp_path, {"docker-compose.yml": compose, **image, **large})
    broken = [one["path"] for one in check(tmp_path).findings if one["rule"] == "unreadable-file"]
    assert broken == ["livekit.yaml"]


def test_the_machine_s_own_variables_are_no_configuration(tmp_path: Path) -> None:
    write(tmp_path, {**PAIR, "gunicorn.conf.py": "bind = ':1'\n", ".configlint.yaml": "workers: {default: 1}\n"})
    plain = process(tmp_path, "check", "--format", "json")
    other = process(
        tmp_path, "check", "--format", "json", LIVEKIT_API_SECRET="x", WEB_CONCURRENCY="9", GUNICORN_CMD_ARGS="-w 7"
    )
    assert plain.stdout == other.stdout


class TestFaults:
    """A fault of configlint itself ends with 3, one line, and no value of the user's."""

    def test_one_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.break_it(monkeypatch)
        ran = run(tmp_path, "check")
        assert (ran.exit, ran.stdout, ran.stderr.count("\n")) == (3, "", 1)
        assert "a bug in configlint: KeyError" in ran.stderr
        assert "hidden" not in ran.stderr

    def test_the_trace_is_without_values(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.break_it(monkeypatch)
        ran = run(tmp_path, "check", "--debug")
        assert ran.exit == 3
        assert "in opened" in ran.stderr
        assert "hidden" not in ran.stderr

    @staticmethod
    def break_it(monkeypatch: pytest.MonkeyPatch) -> None:
        """No input is known that does it: a part of the program is made to fail as a real fault would."""

        def broken(*_: object) -> None:
            raise KeyError("hidden")

        monkeypatch.setattr("configlint.cli.session.prepared", broken)


def test_a_check_without_a_word_more_is_the_one_with_all_defaults() -> None:
    """`configlint check` alone is not parsed: what it takes for granted are the defaults that click knows."""
    taken = {
        name: one.default for name, one in signature(checking.run).parameters.items() if one.default is not one.empty
    }
    parsed = cli.commands["check"].make_context("check", []).params
    assert taken == {name: parsed[name] for name in taken}
    assert not any(value for name, value in parsed.items() if name not in taken)
