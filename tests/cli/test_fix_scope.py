"""What `fix` edits, what it leaves, and what `check` announces of it."""

from pathlib import Path

import pytest
from running import check, contents, git, repository, run, write

SECRET = "c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ"
OLD, NEW = "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=made-up-and-of-last-year\n", f"LIVEKIT_API_SECRET={SECRET}\n"
SERVER = f"keys:\n  devkey: {SECRET}\n"
SPREAD = {"agent/.env": OLD, "infra/livekit.yaml": SERVER, "agent/agent.py": "x = 1\n"}
BOTH = {f"{name}/{path}": text for name in "ab" for path, text in ((".env", OLD), ("livekit.yaml", SERVER))}
CROWDED = {
    "docker-compose.yml": (
        "services:\n"
        "  livekit:\n"
        "    image: livekit/livekit-server:v1.9\n"
        "    command: --config /etc/livekit.yaml\n"
        '    volumes: ["./livekit.yaml:/etc/livekit.yaml:ro"]\n'
        '    ports: ["7880:7880"]\n'
        "  probe:\n"
        "    image: registry.example/probe:1\n"
        '    ports: ["7882:7882/udp"]\n'
    ),
    "livekit.yaml": f"rtc: {{udp_port: 7882}}\nkeys: {{devkey: {SECRET}}}\n",
}


def changed(directory: Path, before: dict[str, str]) -> list[str]:
    after = {path: text.decode() for path, text in contents(directory).items()}
    return sorted(path for path, text in before.items() if after[path] != text)


class TestPaths:
    """Only files under the PATHs are edited, whatever a finding there has to do with others."""

    def test_a_related_place_is_no_reason_to_write_elsewhere(self, tmp_path: Path) -> None:
        repository(tmp_path, SPREAD, ignored=("agent/.env",))
        ran = run(tmp_path, "fix", "infra")
        assert (ran.exit, changed(tmp_path, SPREAD)) == (1, [])
        assert "skipped: 1 fix outside the given paths, in agent/.env" in ran.stderr
        ran = run(tmp_path, "fix", "agent")
        assert (ran.exit, changed(tmp_path, SPREAD)) == (0, ["agent/.env"])
        assert "not made" not in ran.stderr

    @pytest.mark.parametrize("arguments", [(), (".",), ("livekit.yaml", ".env")])
    def test_a_subdirectory_is_fixed_alone(self, tmp_path: Path, arguments: tuple[str, ...]) -> None:
        repository(tmp_path, BOTH)
        ran = run(tmp_path / "a", "fix", *arguments)
        assert (ran.exit, changed(tmp_path, BOTH)) == (0, ["a/.env"])
        assert "1 fix outside" in ran.stderr

    def test_from_the_top_all_is_fixed(self, tmp_path: Path) -> None:
        repository(tmp_path, BOTH)
        assert run(tmp_path, "fix").exit == 0
        assert changed(tmp_path, BOTH) == ["a/.env", "b/.env"]

    def test_a_root_elsewhere_is_fixed_as_a_whole(self, tmp_path: Path) -> None:
        repository(tmp_path / "r", BOTH)
        assert run(tmp_path, "fix", "--root", "r").exit == 0
        assert changed(tmp_path / "r", BOTH) == ["a/.env", "b/.env"]

    def test_the_name_of_a_directory_is_not_a_prefix(self, tmp_path: Path) -> None:
        files = {**BOTH, "ab/livekit.yaml": SERVER, "ab/.env": OLD}
        repository(tmp_path, files)
        run(tmp_path, "fix", "a")
        assert changed(tmp_path, files) == ["a/.env"]


class TestSelected:
    """Rules that are not selected are not fixed, and object all the same."""

    def test_another_rule_objects(self, tmp_path: Path) -> None:
        repository(tmp_path, CROWDED)
        ran = run(tmp_path, "fix", "--select", "rtc-ports")
        assert (ran.exit, changed(tmp_path, CROWDED)) == (1, [])
        assert "port-conflict would report a new finding" in ran.stderr

    def test_only_the_selected_is_fixed_and_decides_the_exit_code(self, tmp_path: Path) -> None:
        files = {"a/.env": OLD + "A=1\nA=2\n", "a/livekit.yaml": SERVER}
        repository(tmp_path, files)
        assert run(tmp_path, "fix", "--select", "secret-parity").exit == 0
        assert run(tmp_path, "fix").exit == 1
        assert (tmp_path / "a/.env").read_text() == OLD.splitlines()[0] + "\n" + NEW + "A=1\nA=2\n"

    def test_an_ignored_rule_is_not_fixed(self, tmp_path: Path) -> None:
        repository(tmp_path, BOTH)
        assert run(tmp_path, "fix", "--ignore", "secret-parity").exit == 0
        assert changed(tmp_path, BOTH) == []


class TestKnown:
    """What the baseline holds, or an earlier commit, is neither fixed nor counted."""

    def test_the_baseline(self, tmp_path: Path) -> None:
        repository(tmp_path, BOTH)
        run(tmp_path, "baseline")
        ran = run(tmp_path, "fix")
        assert (ran.exit, changed(tmp_path, BOTH)) == (0, [])
        ran = run(tmp_path, "fix", "--baselined", "a")
        assert (ran.exit, changed(tmp_path, BOTH)) == (0, ["a/.env"])

    def test_a_refusal_of_a_known_finding_does_not_block(self, tmp_path: Path) -> None:
        repository(tmp_path, CROWDED)
        run(tmp_path, "baseline")
        assert check(tmp_path).exit == 0
        ran = run(tmp_path, "fix")
        assert (ran.exit, "not fixed" in ran.stderr) == (0, False)

    def test_a_commit(self, tmp_path: Path) -> None:
        tracked = {"a/app.env": "A=1\nA=2\n", **{path.replace(".env", "app.env"): text for path, text in BOTH.items()}}
        repository(tmp_path, {path: text for path, text in tracked.items() if path.startswith("a/")})
        git(tmp_path, "commit", "--quiet", "--message", "one")
        write(tmp_path, {path: text for path, text in tracked.items() if path.startswith("b/")})
        git(tmp_path, "add", ".")
        ran = run(tmp_path, "fix", "--base", "HEAD")
        assert (ran.exit, changed(tmp_path, tracked)) == (0, ["b/app.env"]), ran.stdout


class TestAnnounced:
    """A fix that would be refused is not announced, in any form of output."""

    @pytest.mark.parametrize("arguments", [(), ("--select", "rtc-ports"), ("docker-compose.yml",)])
    def test_a_refused_one(self, tmp_path: Path, arguments: tuple[str, ...]) -> None:
        repository(tmp_path, CROWDED)
        assert [one["fix"] for one in check(tmp_path, *arguments).findings if one["rule"] == "rtc-ports"] == [None]
        said = run(tmp_path, "check", *arguments).stdout
        assert "configlint fix" not in said
        assert "help: publish the same numbers" in said, "what a person can do"

    def test_one_that_is_made(self, tmp_path: Path) -> None:
        files = {**CROWDED, "docker-compose.yml": CROWDED["docker-compose.yml"].replace("7882:7882/udp", "7892:7882")}
        repository(tmp_path, files)
        (finding,) = [one for one in check(tmp_path).findings if one["rule"] == "rtc-ports"]
        assert finding["fix"]["safety"] == "safe"
        assert "(configlint fix)" in run(tmp_path, "check").stdout

    def test_after_a_fix_what_it_refused(self, tmp_path: Path) -> None:
        repository(tmp_path, CROWDED)
        assert "(configlint fix" not in run(tmp_path, "fix").stdout


class TestEnds:
    """The exit code is about what is left."""

    @pytest.mark.parametrize(("level", "code"), [("warning", 1), ("error", 0), ("info", 1), ("never", 0)])
    def test_what_is_left_and_at_which_level(self, tmp_path: Path, level: str, code: int) -> None:
        repository(tmp_path, {"web/.env": "DB_PASSWORD=changeme\n"})
        assert run(tmp_path, "fix", "--fail-on", level).exit == code

    def test_a_refusal_counts_at_every_level(self, tmp_path: Path) -> None:
        repository(tmp_path, CROWDED)
        assert run(tmp_path, "fix", "--fail-on", "never").exit == 1

    def test_a_file_that_cannot_be_written(self, tmp_path: Path) -> None:
        repository(tmp_path, BOTH)
        (tmp_path / "a/.env").chmod(0o444)
        ran = run(tmp_path, "fix")
        assert (ran.exit, changed(tmp_path, BOTH)) == (1, [])
        assert "a/.env cannot be written" in ran.stderr


class TestPrivate:
    """A reason that lies in a private file makes the fix of a shared one unsafe."""

    COMPOSE = (
        "services:\n"
        "  api:\n"
        "    image: registry.example/api:1\n"
        "    command: uvicorn main:app --host 0.0.0.0 --port ${PORT:-8000}\n"
        "  web:\n"
        "    image: registry.example/web:1\n"
        '    environment: {API_URL: "http://api:8000/v1"}\n'
    )

    @pytest.mark.parametrize(
        ("ignored", "added", "fixed"),
        [
            ((".env",), True, False),
            ((".env",), False, False),
            ((), True, True),
        ],
    )
    def test_a_port(self, tmp_path: Path, ignored: tuple[str, ...], added: bool, fixed: bool) -> None:
        """`added`: the compose file is in git's index, or a new one that will be."""
        repository(tmp_path, {".env": "PORT=9000\n", "docker-compose.yml": self.COMPOSE}, ignored=ignored)
        if not added:
            git(tmp_path, "rm", "--cached", "--quiet", "docker-compose.yml")
        ran = run(tmp_path, "fix")
        assert ("http://api:9000/v1" in (tmp_path / "docker-compose.yml").read_text()) is fixed
        if not fixed:
            assert ran.exit == 1
            assert "it depends on .env, which git ignores" in ran.stdout
            assert run(tmp_path, "fix", "--unsafe").exit == 0

    def test_a_configuration_that_is_not_added_yet_is_the_user_s_word(self, tmp_path: Path) -> None:
        app = {
            "a/pubspec.yaml": "dependencies: {flutter: {sdk: flutter}}\n",
            "a/lib/api.dart": "const a = 'http://localhost:80';\n",
        }
        repository(tmp_path, app)
        write(tmp_path, {".configlint.yaml": "mobile: {host: 192.168.1.44}\n"})
        run(tmp_path, "fix")
        assert (tmp_path / "a/lib/api.dart").read_text() == "const a = 'http://192.168.1.44:80';\n"
