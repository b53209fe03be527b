"""`fix` on the disk: what it writes, what it leaves alone, how it ends."""

from pathlib import Path

import pytest
from running import check, contents, process, repository, run, write

SECRET = "c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ"
PAIR = {
    ".env": "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=made-up-and-of-last-year  # June\n",
    "livekit.yaml": f"keys:\n  devkey: {SECRET}\n",
}
FIXED = {**PAIR, ".env": f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET={SECRET}  # June\n"}
WARNING = {"web/.env": "DB_PASSWORD=changeme\n"}


def texts(directory: Path) -> dict[str, str]:
    return {path: content.decode() for path, content in contents(directory).items()}


def test_it_writes_what_is_right_and_nothing_else(tmp_path: Path) -> None:
    ran = run(write(tmp_path, PAIR), "fix")
    assert ran.exit == 0
    assert texts(tmp_path) == FIXED
    assert "fixed .env (1 place)" in ran.stderr


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    run(write(tmp_path, PAIR), "fix")
    ran = run(tmp_path, "fix", "--exit-non-zero-on-fix")
    assert (ran.exit, texts(tmp_path)) == (0, FIXED)
    assert "fixed" not in ran.stderr


@pytest.mark.parametrize(
    ("files", "arguments", "code"),
    [
        (PAIR, (), 0),
        (PAIR, ("--exit-non-zero-on-fix",), 1),
        (FIXED, ("--exit-non-zero-on-fix",), 0),
        (FIXED, ("--diff",), 0),
        (PAIR, ("--diff",), 1),
        ({**PAIR, **WARNING}, (), 1),
        ({**PAIR, **WARNING}, (".env",), 0),
        (WARNING, (), 1),
        ({}, (), 0),
    ],
)
def test_exit_codes(tmp_path: Path, files: dict[str, str], arguments: tuple[str, ...], code: int) -> None:
    assert run(write(tmp_path, files), "fix", *arguments).exit == code


def test_diff_writes_nothing_and_shows_no_secret(tmp_path: Path) -> None:
    ran = run(write(tmp_path, PAIR), "fix", "--diff")
    assert texts(tmp_path) == PAIR
    assert "--- a/.env\n" in ran.stdout
    assert "LIVEKIT_API_SECRET=" in ran.stdout
    assert SECRET not in ran.stdout
    assert "made-up-and-of-last-year" not in ran.stdout


def test_other_bytes_stay(tmp_path: Path) -> None:
    before = "\ufeff# é\r\n\r\nLIVEKIT_API_KEY = devkey\r\nexport LIVEKIT_API_SECRET='old'  # é\r\n\r\nX=1"
    write(tmp_path, {**PAIR, ".env": before})
    (tmp_path / ".env").chmod(0o640)
    run(tmp_path, "fix")
    assert (tmp_path / ".env").read_bytes() == before.replace("'old'", f"'{SECRET}'").encode()
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o640


def test_only_what_touches_the_paths(tmp_path: Path) -> None:
    files = {f"{name}/{path}": content for name in "ab" for path, content in PAIR.items()}
    assert run(write(tmp_path, files), "fix", "a").exit == 0
    assert texts(tmp_path) == {**files, "a/.env": FIXED[".env"]}


def test_a_private_secret_stays_out_of_shared_files(tmp_path: Path) -> None:
    rule = "id: mine\ntitle: alike\nwhy: so\nseverity: error\nkind: equals\ntruth: .env\n"
    places = "from: [{file: .env, key: DB_PASSWORD}, {file: app.yaml, key: word, secret: true}]\n"
    files = {
        ".env": "DB_PASSWORD=made-up-and-private\n",
        "app.yaml": "word: made-up-and-shared\n",
        "mine.yaml": rule + places,
        ".configlint.yaml": "rule-files: [mine.yaml]\n",
    }
    app = repository(tmp_path, files, ignored=(".env",)) / "app.yaml"
    assert run(tmp_path, "fix").exit == 1
    assert run(tmp_path, "fix", "--unsafe", "--diff").exit == 1
    assert app.read_text() == files["app.yaml"]
    assert run(tmp_path, "fix", "--unsafe").exit == 0
    assert app.read_text() == "word: made-up-and-private\n"


def test_a_refused_fix_is_told_and_is_exit_1(tmp_path: Path) -> None:
    rule = "id: {}\ntitle: alike\nwhy: so\nseverity: info\nkind: equals\nfrom: [{}, {}]\n{}"
    places = ("{file: .env, key: A}", "{file: app.yaml, key: a}", "{file: app.yaml, key: b}")
    files = {
        ".env": "A=1\n",
        "app.yaml": "a: 2\nb: 2\n",
        "rules/one.yaml": rule.format("one", places[0], places[1], "truth: .env\n"),
        "rules/two.yaml": rule.format("two", places[2], places[1], ""),
        ".configlint.yaml": "rule-files: [rules/*.yaml]\n",
    }
    ran = run(write(tmp_path, files), "fix")
    assert (ran.exit, texts(tmp_path)) == (1, files)
    assert "not fixed: " in ran.stderr
    assert "two would report a new finding in app.yaml" in ran.stderr


def test_a_link_is_written_through(tmp_path: Path) -> None:
    write(tmp_path, {"shared/env": PAIR[".env"], "livekit.yaml": PAIR["livekit.yaml"]})
    (tmp_path / ".env").symlink_to("shared/env")
    run(tmp_path, "fix")
    assert (tmp_path / ".env").is_symlink()
    assert (tmp_path / "shared/env").read_text() == FIXED[".env"]


def test_as_a_process(tmp_path: Path) -> None:
    ran = process(write(tmp_path, PAIR), "fix", "--exit-non-zero-on-fix")
    assert (ran.exit, texts(tmp_path)) == (1, FIXED)
    assert check(tmp_path).exit == 0
