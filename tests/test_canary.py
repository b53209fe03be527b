"""Secrets in every place that a repository has for them, and through every way out: none is ever seen."""

import base64
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from canaries import ALPHABETS, Canaries, Nest, nested, seen
from running import Ran, contents, git, process, run, write

from configlint.report import FORMATS


@pytest.fixture(scope="module", params=ALPHABETS)
def nest(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Nest:
    return nested(tmp_path_factory.mktemp("nest"), request.param)


def test_the_repository_has_much_to_say(nest: Nest) -> None:
    """A canary that nobody is asked about proves nothing."""
    ran = run(nest.root, "check", "--format", "json")
    assert ran.exit == 1, ran.stderr
    places = {(one["rule"], one["path"]) for one in ran.findings}
    assert len(places) >= 25
    assert places >= {
        ("secret-parity", "loose/.env"),
        ("secret-parity", "docker-compose.yml"),
        ("duplicate-key", ".env"),
        ("unreadable-file", "broken/livekit.yaml"),
        ("unreadable-file", "broken/.env"),
        ("port-conflict", "docker-compose.yml"),
        ("service-host", "docker-compose.yml"),
        ("worker-count", "docker-compose.yml"),
        ("mobile-localhost", "app/lib/config.dart"),
        ("opaque", "conf.yaml"),
    }


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("more", [(), ("--verbose", "--debug", "--color", "always")], ids=["plain", "verbose"])
def test_every_format(nest: Nest, form: str, more: tuple[str, ...]) -> None:
    ran = run(nest.root, "check", "--format", form, *more)
    assert ran.exit == 1
    assert "secret-parity" in ran.stdout
    nest.silent(ran)


def commands() -> Iterator[tuple[str, ...]]:
    yield from (("fix", "--diff"), ("fix", "--unsafe", "--diff"), ("rules",), ("explain", "secret-parity"))
    yield from (("explain", "opaque"), ("check", "app"), ("check", "--select", "unreadable-file", "--verbose"))
    yield from (("check", "--stats", "--verbose"), ("check", "--stats", "--verbose", "--format", "json"))
    for key in (
        "LIVEKIT_API_SECRET",
        "DATABASE_URL",
        "api.workers",
        "api.command",
        "redis.command",
        "8000",
        "JWT_SECRET",
    ):
        yield from (("why", key), ("why", key, "--format", "json"))


@pytest.mark.parametrize("arguments", list(commands()), ids=" ".join)
def test_every_command(nest: Nest, arguments: tuple[str, ...]) -> None:
    ran = run(nest.root, *arguments)
    assert ran.exit in (0, 1), ran.stderr
    assert ran.stdout
    nest.silent(ran)


@pytest.mark.parametrize("arguments", [("check",), ("fix", "--unsafe", "--diff", "--debug")], ids=" ".join)
def test_a_process_of_its_own_leaves_nothing(nest: Nest, arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Its home, with the cache that it keeps there, is looked through."""
    before = contents(nest.root)
    home = {
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    # The answer about files that were written just now is not kept.
    time.sleep(max(0.0, nest.made + 2.5 - time.monotonic()))
    for _ in range(2):
        nest.silent(process(nest.root, *arguments, **home))
    assert contents(nest.root) == before
    left = contents(tmp_path)
    assert any(path.endswith(".run") for path in left) == (arguments == ("check",))
    for path, content in left.items():
        nest.silent(Ran(0, content.decode("latin-1"), path))


def test_against_a_commit(nest: Nest, tmp_path: Path) -> None:
    write(tmp_path, contents(nest.root))
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "nothing")
    git(tmp_path, "add", "--all", "--force")
    new = run(tmp_path, "check", "--base", "HEAD", "--format", "json")
    git(tmp_path, "commit", "--quiet", "--message", "all")
    known = run(tmp_path, "check", "--base", "HEAD", "--format", "json")
    assert new.summary["error"] > 0
    assert known.summary["known"] >= new.summary["error"]
    nest.silent(new)
    nest.silent(known)


def test_files_that_a_run_writes(nest: Nest, tmp_path: Path) -> None:
    write(tmp_path, contents(nest.root))
    before = set(contents(tmp_path))
    nest.silent(run(tmp_path, "check", "--format", "sarif", "--output", "result.sarif"))
    nest.silent(run(tmp_path, "baseline"))
    nest.silent(run(tmp_path, "fix", "--unsafe"))
    left = {path: content for path, content in contents(tmp_path).items() if path not in before}
    assert "result.sarif" in left
    for path, content in left.items():
        nest.silent(Ran(0, content.decode("latin-1"), path))


def test_what_init_writes(nest: Nest, tmp_path: Path) -> None:
    write(tmp_path, {path: content for path, content in contents(nest.root).items() if path != ".configlint.yaml"})
    nest.silent(run(tmp_path, "init"))
    nest.silent(Ran(0, (tmp_path / ".configlint.yaml").read_text(encoding="utf-8"), ""))


@pytest.mark.parametrize(
    "text",
    [
        "workers: {{api: {0}}}\n",
        "mobile: {{hots: {0}}}\n",
        "mobile: {{host: 'http://user:{0}@10.1.2.3/'}}\n",
        "rules: {{secret-parity: {0}}}\n",
        "rules: {{secret-parity: {{severity: {0}}}}}\n",
        "exclude: {0}\n",
        "workers: {{api: 1}}\nworkers: {{api: {0}}}\n",
        "{0}\n",
        "- {0}\n",
        "exclude: [{0}\n",
        "exclude: ['{0}\n",
        'exclude: ["\\{0}"]\n',
        "exclude: !{{0}} *{0}\n",
    ],
)
def test_a_broken_configuration_is_not_quoted(nest: Nest, tmp_path: Path, text: str) -> None:
    canary = nest.canaries[0]
    for command in (("check", "--debug"), ("fix", "--diff")):
        ran = run(write(tmp_path, {".configlint.yaml": text.format(canary)}), *command)
        assert ran.exit == 2
        nest.silent(ran)


@pytest.mark.parametrize(
    "text", ["workers.api = '{0}'", "mobile.hots = '{0}'", "exclude = '{0}", "exclude = [{0}]", "{0}"]
)
def test_nor_is_one_in_toml(nest: Nest, tmp_path: Path, text: str) -> None:
    canary = nest.canaries[0]
    if text == "{0}" and not canary.isalnum():
        pytest.skip("another broken file: the canary is no key")
    ran = run(write(tmp_path, {"pyproject.toml": f"[tool.configlint]\n{text.format(canary)}\n"}), "check", "--debug")
    assert ran.exit == 2
    nest.silent(ran)


def test_a_fault_is_told_without_its_values(nest: Nest, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        try:
            raise ValueError(nest.canaries[0])
        except ValueError as error:
            raise RuntimeError(*nest.canaries) from error

    monkeypatch.setattr("configlint.cli.check.check", broken)
    for more in ((), ("--debug",)):
        ran = run(nest.root, "check", *more)
        assert ran.exit == 3
        nest.silent(ran)


def test_a_canary_would_be_seen() -> None:
    """The look itself works: a part, a hash and an encoding are all noticed."""
    canary = Canaries("mixed", 0)()
    sha = hashlib.sha256(canary.encode()).hexdigest()
    for text in (
        canary,
        canary[4:10],
        f"x{canary[:6]}",
        sha,
        sha[:16].upper(),
        base64.b64encode(canary.encode()).decode(),
    ):
        assert seen(canary, f"key: {text}, and so on")
    assert not seen(canary, "key: <secret, 36 characters>")


OWN = """\
id: one-address
title: one address
why: It holds more than a port.
severity: error
kind: equals
from:
  - {file: .env, key: UPSTREAM, secret: true}
  - {file: docker-compose.yml, key: services.api.environment.UPSTREAM, secret: true}
says: {differs: "another address ({difference})"}
"""


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_what_a_rule_of_the_user_s_calls_secret_no_other_rule_tells(form: str, tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".configlint.yaml": "rule-files: [own.yaml]\n",
            "own.yaml": OWN,
            ".env": "UPSTREAM=http://other:9000\n",
            "docker-compose.yml": "services: {api: {image: x, environment: {UPSTREAM: 'http://madeuphost:9000/x'}}}\n",
        },
    )
    ran = run(tmp_path, "check", "--verbose", "--format", form)
    assert ran.exit == 1
    assert "service-host" in ran.stdout
    assert "madeuphost" not in ran.stdout + ran.stderr
