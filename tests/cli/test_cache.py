"""A kept answer is given again exactly as long as it is still the right one."""

import os
import random
import socket
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kept
import pytest
from kept import Kept
from running import contents, git, process, repository, write

from configlint.cli.cache import replay
from configlint.repo.journal import journal_path
from configlint.repo.private import make_private
from configlint.report import FORMATS

SERVER = "c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ"
FILES: dict[str, str | bytes] = {
    ".env": f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET={SERVER}\n",
    "livekit.yaml": f"keys:\n  devkey: {SERVER}\n",
    "docker-compose.yml": "services:\n  api:\n    image: x\n    env_file: .env\n    ports: ['8000:8000']\n",
    "api/gunicorn.conf.py": "workers = 3\n",
    "notes/readme.md": "x\n",
}


class Nest:
    """A repository and the cache of its user."""

    def __init__(self, root: Path, cache: Path) -> None:
        self.root = root
        self.cache = cache

    def check(self, *arguments: str) -> Kept:
        time.sleep(kept.STEP * 2)  # so that files written just now are old enough
        return kept.run(self.root, self.cache, "check", *arguments)

    def entries(self) -> list[Path]:
        return sorted(self.cache.glob("configlint/*.run"))


@pytest.fixture
def nest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nest:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = repository(tmp_path / "root", FILES, ignored=(".env", "out/"))
    for directory in ("empty/deeper/still", "out/made"):
        (root / directory).mkdir(parents=True)
    return Nest(root, tmp_path / "cache")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_again(nest: Nest, form: str) -> None:
    (nest.root / ".env").write_text("LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=made-up-and-old\n")
    arguments = ("--format", form, "--verbose", "--stats")
    first, second, plain = nest.check(*arguments), nest.check(*arguments), nest.check(*arguments, "--no-cache")
    assert (first.replayed, second.replayed, plain.replayed) == (False, True, False)
    assert first.exit == 1
    assert first[:3] == second[:3] == plain[:3]


def test_a_real_process_gives_it_again(nest: Nest) -> None:
    nest.check()
    home = {"XDG_CACHE_HOME": str(nest.cache)}
    count = len(nest.entries())
    ran = process(nest.root, "check", **home)
    assert (ran.exit, ran.stdout.encode()) == nest.check()[:2]
    assert count == 1


CHANGES: dict[str, Callable[[Path], object]] = {
    "the value of a secret": lambda root: _put(root / ".env", SERVER, SERVER.swapcase()),
    "one of the same length, and the time set back": lambda root: _in_place(root / "livekit.yaml"),
    "an env file that git ignores": lambda root: (root / "api/.env").write_text("LIVEKIT_API_SECRET=made-up\n"),
    "an untracked file": lambda root: (root / "api/livekit.yaml").write_text("keys: {a: b}\n"),
    "an untracked file in an empty directory": lambda root: (root / "empty/docker-compose.yml").write_text("a: ["),
    "and in one far below": lambda root: (root / "empty/deeper/still/livekit.yaml").write_text("a: ["),
    "a new directory": lambda root: write(root, {"new/one/livekit.yaml": "a: ["}),
    "a file that goes": lambda root: (root / "livekit.yaml").unlink(),
    "a file that moves": lambda root: (root / "livekit.yaml").rename(root / "api/livekit.yaml"),
    "an override, which was looked for": lambda root: (root / "docker-compose.override.yml").write_text("services: ["),
    "a configuration": lambda root: (root / ".configlint.yaml").write_text("workers: {default: 2}\n"),
    "a baseline": lambda root: (root / ".configlint-baseline").write_text("x"),
    "an ignore file": lambda root: (root / ".gitignore").write_text("*.yaml\n"),
    "one in a directory": lambda root: (root / "api/.gitignore").write_text("*\n"),
    "what this clone excludes": lambda root: (root / ".git/info/exclude").write_text("livekit.yaml\n"),
    "its settings": lambda root: git(root, "config", "core.excludesFile", str(root / "notes/readme.md")),
    "the index": lambda root: git(root, "rm", "--quiet", "--cached", "livekit.yaml"),
    "a repository inside": lambda root: git(root, "init", "--quiet", "api"),
    "a submodule": lambda root: _submodule(root),
    "a link instead of a file": lambda root: _to_link(root / "livekit.yaml"),
    "a file that cannot be read": lambda root: _to_socket(root / "livekit.yaml"),
    "a HEAD that git refuses": lambda root: (root / ".git/HEAD").write_text("broken"),
    "settings that git refuses": lambda root: (root / ".git/config").write_text("[core"),
    "a repository without its objects": lambda root: (root / ".git/objects").rename(root.parent / "objects"),
    "no repository any more": lambda root: (root / ".git").rename(root.parent / "was"),
    "an interrupted fix": lambda root: _interrupted(root),
}


def _interrupted(root: Path) -> None:
    path = Path(journal_path(str(root)))
    make_private(str(path.parent))
    path.touch(0o600)


def _put(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new))


def _in_place(path: Path) -> None:
    status = path.stat()
    path.write_text(path.read_text().replace(SERVER, SERVER.swapcase()))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _submodule(root: Path) -> None:
    git(root, "commit", "--quiet", "--message", "all")
    git(root, "-c", "protocol.file.allow=always", "submodule", "add", str(root), "sub")


def _to_link(path: Path) -> None:
    path.rename(path.with_suffix(".yml"))
    path.symlink_to("livekit.yml")


def _to_socket(path: Path) -> None:
    path.unlink()
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(nest: Nest, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(nest.root)
    nest.check()
    assert nest.check().replayed
    CHANGES[change](nest.root)
    now = nest.check()
    assert not now.replayed
    assert now[:3] == nest.check("--no-cache")[:3]


LINKS = {
    "an env file": {"api/.env": "../out/current/.env"},
    "a directory on the way to an env file": {"api/settings": "../out/current"},
    "a file that compose names": {},
}


@pytest.mark.parametrize("links", LINKS)
def test_a_link_that_leads_elsewhere_behind_an_ignored_directory(nest: Nest, links: str) -> None:
    """No directory that was listed shows the change."""
    write(nest.root, {f"out/{name}/.env": f"PORT={port}\n" for name, port in (("one", 8000), ("two", 8001))})
    (nest.root / "out/current").symlink_to("one")
    for link, target in LINKS[links].items():
        (nest.root / link).symlink_to(target)
    env_file = {"an env file": "api/.env", "a file that compose names": "out/current/.env"}.get(
        links, "api/settings/.env"
    )
    (nest.root / "docker-compose.yml").write_text(
        f"services:\n  api: {{image: x, env_file: {env_file}, ports: ['8000:1']}}\n"
    )
    nest.check("--format", "json")
    assert nest.check("--format", "json").replayed
    (nest.root / "out/current").unlink()
    (nest.root / "out/current").symlink_to("two")
    assert not nest.check("--format", "json").replayed


def test_what_may_set_something_else_for_a_repository(nest: Nest) -> None:
    (nest.root / "api/livekit.yaml").write_text("a: [")
    write(nest.root, {"out/ignore": "api/livekit.yaml\n"})
    setting = f"[core]\n\texcludesFile = {nest.root}/out/ignore\n"
    git(nest.root, "config", "extensions.worktreeConfig", "true")
    git(nest.root, "config", "includeIf.onbranch:other.path", "../out/branch.config")
    git(nest.root, "config", "include.path", "../out/coming.config")
    write(nest.root, {"out/branch.config": setting})
    steps: list[Callable[[], object]] = [
        lambda: (nest.root / ".git/HEAD").write_text("ref: refs/heads/other\n"),
        lambda: (nest.root / ".git/HEAD").write_text("ref: refs/heads/main\n"),
        lambda: (nest.root / ".git/config.worktree").write_text(setting),
        lambda: (nest.root / ".git/config.worktree").unlink(),
        lambda: (nest.root / "out/coming.config").write_text(setting),
    ]
    codes = [nest.check().exit]
    for step in steps:
        nest.check()
        assert nest.check().replayed
        step()
        now = nest.check()
        assert not now.replayed
        assert now[:3] == nest.check("--no-cache")[:3]
        codes.append(now.exit)
    assert codes == [1, 0, 1, 0, 1, 0]


def test_where_git_refuses_nothing_is_kept(nest: Nest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes it answer again need not be among the files that were looked at."""
    (nest.root / ".git/HEAD").write_text("broken")
    nest.check()
    assert not nest.entries()
    (nest.root / ".git/HEAD").write_text("ref: refs/heads/main\n")
    with monkeypatch.context() as absent:
        absent.setenv("PATH", str(nest.root))
        nest.check()
        assert not nest.entries()
    nest.check()
    assert nest.check().replayed


def test_a_part_of_a_repository_has_the_settings_of_the_whole(nest: Nest) -> None:
    """Git names the files of settings from the top, wherever it is started."""
    nest.check("--root", "api")
    assert nest.check("--root", "api").replayed
    git(nest.root, "config", "core.excludesFile", str(nest.root / "notes/readme.md"))
    assert not nest.check("--root", "api").replayed


def test_what_concerns_nobody_is_no_change(nest: Nest) -> None:
    nest.check()
    (nest.root / "notes/readme.md").write_text("another text\n")
    (nest.root / "out/made/livekit.yaml").write_text("a: [")
    git(nest.root, "status")
    assert nest.check().replayed


def test_an_index_written_anew_that_lists_the_same(nest: Nest) -> None:
    nest.check()
    index = nest.root / ".git/index"
    before = replay.stamp(str(index))
    git(nest.root, "add", "notes/readme.md", "livekit.yaml")
    git(nest.root, "update-index", "--force-write-index")
    assert replay.stamp(str(index)) != before
    assert nest.check().replayed


def test_ignored_for_all_repositories_of_a_user(nest: Nest, monkeypatch: pytest.MonkeyPatch) -> None:
    home = nest.root.parent / "home"
    write(home, {"git/ignore": "# nothing\n", "mine": "# nothing\n"})
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("HOME", str(home))
    (nest.root / "api/livekit.yaml").write_text("a: [")
    steps: list[Callable[[], object]] = [
        lambda: (home / "git/ignore").write_text("api/livekit.yaml\n"),
        lambda: (home / "git/config").write_text("[core]\n\texcludesFile = ~/mine\n"),
        lambda: (home / "mine").write_text("api/livekit.yaml\n"),
        lambda: (home / ".gitconfig").write_text("[core]\n\texcludesFile =\n"),
    ]
    for step in steps:
        nest.check()
        assert nest.check().replayed
        step()
        now = nest.check()
        assert not now.replayed
        assert now[:3] == nest.check("--no-cache")[:3]


def test_files_outside_that_the_user_names(nest: Nest) -> None:
    outside = nest.root.parent / "other.yaml"
    outside.write_text("workers: {default: 3}\n")
    arguments = ("--config", str(outside))
    nest.check(*arguments)
    assert nest.check(*arguments).replayed
    outside.write_text("workers: {default: 2}\n")
    assert not nest.check(*arguments).replayed


def test_a_link_that_leads_elsewhere(nest: Nest) -> None:
    two = repository(nest.root.parent / "two", {".env": "DB_PASSWORD=changeme\n"})
    link = nest.root.parent / "link"
    link.symlink_to(nest.root)
    nest.check("--root", str(link))
    assert nest.check("--root", str(link)).replayed
    link.unlink()
    link.symlink_to(two)
    now = nest.check("--root", str(link))
    assert not now.replayed
    assert now.exit == 1


def test_a_file_written_while_it_is_read_is_not_trusted(nest: Nest) -> None:
    """One stamped later than the run began, or within the clock's step before, may be written to without a trace."""
    nest.check()
    path = nest.root / ".env"
    path.write_text("PORT=1\n")
    ahead = time.time() + 60
    os.utime(path, (ahead, ahead))
    assert not nest.check().replayed
    assert not nest.check().replayed, "the run before came too early to be kept"
    os.utime(path)
    assert not nest.check().replayed
    assert nest.check().replayed


def test_a_change_during_the_run(nest: Nest) -> None:
    time.sleep(kept.STEP * 2)

    def meanwhile() -> None:
        from configlint.cli import check

        linted = check.linted

        def late(*given: Any, **named: Any) -> object:
            result = linted(*given, **named)
            (nest.root / "livekit.yaml").write_text("keys: {devkey: made-up-meanwhile}\n")
            return result

        check.linted = late  # type: ignore[assignment]

    kept.run(nest.root, nest.cache, "check", before=meanwhile)
    assert len(nest.entries()) == 1
    now = nest.check()
    assert not now.replayed
    assert now.exit == 1


@pytest.mark.parametrize(
    "arguments",
    [("--fail-on", "error"), ("--format", "json"), ("api",), ("--select", "secret-parity"), ("--verbose",)],
    ids=" ".join,
)
def test_another_question_has_another_answer(nest: Nest, arguments: tuple[str, ...]) -> None:
    nest.check()
    first = nest.check(*arguments)
    assert not first.replayed
    assert nest.check(*arguments).replayed
    assert nest.check().replayed


@pytest.mark.parametrize("name", ["NO_COLOR", "GIT_INDEX_FILE", "HOME"])
def test_another_environment(nest: Nest, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    nest.check()
    monkeypatch.setenv(name, "/nowhere")
    assert not nest.check().replayed


def test_errors_are_not_kept(nest: Nest) -> None:
    for arguments in (("--select", "nothing"), ("--config", "nowhere.yaml"), ("--no-such-option",)):
        assert nest.check(*arguments).exit == 2
    assert not nest.entries()


def test_what_writes_a_file_is_not_kept(nest: Nest) -> None:
    for _ in range(2):
        assert not nest.check("--output", str(nest.root.parent / "out.txt")).replayed
    assert not nest.entries()


def test_no_cache_neither_reads_nor_writes(nest: Nest) -> None:
    nest.check("--no-cache")
    assert not nest.entries()


def test_entries_are_for_this_user_alone(nest: Nest) -> None:
    nest.check()
    (entry,) = nest.entries()
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert stat.S_IMODE(entry.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser can give files away")
def test_an_entry_of_somebody_else_is_not_believed(nest: Nest) -> None:
    nest.check()
    os.chown(nest.entries()[0], 65534, 65534)
    assert not nest.check().replayed


def test_an_entry_that_others_may_write_is_not_believed(nest: Nest) -> None:
    nest.check()
    nest.entries()[0].chmod(0o666)
    assert not nest.check().replayed


def test_nor_is_one_through_a_link(nest: Nest) -> None:
    nest.check()
    (entry,) = nest.entries()
    entry.rename(nest.root.parent / "elsewhere")
    entry.symlink_to(nest.root.parent / "elsewhere")
    assert not nest.check().replayed


@pytest.mark.parametrize(
    "content", [b"", b"\xff" * 40, b"(\x00\x00\x00\x00", None], ids=["none", "noise", "few", "half"]
)
def test_a_broken_entry_is_made_anew(nest: Nest, content: bytes | None) -> None:
    first = nest.check()
    (entry,) = nest.entries()
    whole = entry.read_bytes()
    entry.write_bytes(whole[: len(whole) // 2] if content is None else content)
    again = nest.check()
    assert not again.replayed
    assert again[:3] == first[:3]
    assert nest.check().replayed


def test_where_nothing_can_be_kept(nest: Nest) -> None:
    nest.cache.write_text("a file in the way")
    first = nest.check()
    assert (first.exit, first.stderr) == (nest.check().exit, b"")


def test_the_oldest_go(nest: Nest) -> None:
    nest.check()
    (entry,) = nest.entries()
    (old := entry.with_name("old.run")).write_bytes(bytes(1000))
    os.utime(old, (1, 1))

    def small() -> None:
        from configlint.cli.cache import keep

        keep.LARGEST = entry.stat().st_size + 500

    (nest.root / ".env").write_text("PORT=1\n")
    time.sleep(kept.STEP * 2)
    kept.run(nest.root, nest.cache, "check", before=small)
    assert nest.entries() == [entry]


def test_clean(nest: Nest) -> None:
    nest.check()
    assert kept.run(nest.root, nest.cache, "clean").exit == 0
    assert not contents(nest.cache)
    assert kept.run(nest.root, nest.cache, "clean").exit == 0
    assert not nest.check().replayed


@pytest.mark.parametrize("seed", range(4))
def test_random_edits(nest: Nest, seed: int) -> None:
    """After each edit, an answer is what it would be without a cache."""
    chance = random.Random(seed)
    replayed = 0
    for number in range(25):
        _edit(nest.root, chance, number)
        now = nest.check()
        assert now[:3] == nest.check("--no-cache")[:3], number
        replayed += now.replayed
        assert kept.run(nest.root, nest.cache, "check")[:3] == now[:3]
    assert replayed


VALUES = (SERVER, "made-up-one", "changeme", "made-up-two")
PLACES = (".env", "api/.env", "livekit.yaml", "empty/deeper/livekit.yaml", "docker-compose.yml", "new/livekit.yaml")


def _edit(root: Path, chance: random.Random, number: int) -> None:
    path = root / chance.choice(PLACES)
    what = chance.randrange(8)
    if what == 0 and path.exists():
        path.unlink()
    elif what == 1:
        git(root, *chance.choice((("add", "--all"), ("status",), ("rm", "-rq", "--cached", "--ignore-unmatch", "new"))))
    elif what == 2:
        (root / ".gitignore").write_text("/.env\nout/\n" + chance.choice(("", "new/\n", "*.yaml\n")))
    elif what == 3:
        (root / "notes/readme.md").write_text(str(number))
    elif path.name == "docker-compose.yml":
        path.write_text(f"services:\n  api:\n    image: x\n    ports: ['{chance.choice((1, 2))}:1', '1:1']\n")
    elif path.name == ".env":
        write(
            root, {str(path.relative_to(root)): f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET={chance.choice(VALUES)}\n"}
        )
    else:
        write(root, {str(path.relative_to(root)): f"keys:\n  devkey: {chance.choice(VALUES)}\n"})


def test_entries_hold_nothing_of_the_files(nest: Nest) -> None:
    secrets = ["made-up-" + random.Random(number).randbytes(12).hex() for number in range(3)]
    (nest.root / ".env").write_text(
        f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET={secrets[0]}\nDB_PASSWORD={secrets[1]}\n"
    )
    (nest.root / "livekit.yaml").write_text(f"keys:\n  devkey: {secrets[2]}\n")
    for form in FORMATS:
        assert nest.check("--format", form).exit == 1
    found = contents(nest.cache)
    assert len(found) >= len(FORMATS)
    for content in found.values():
        assert not any(secret.encode()[8:] in content for secret in secrets)
