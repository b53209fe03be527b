"""`baseline`: what a team meets in its first hour."""

import json
from pathlib import Path

from running import run, write

STACK = {
    "docker-compose.yml": (
        "services:\n"
        "  api:\n"
        "    image: registry.example/api:1\n"
        "    command: gunicorn --workers 1 app:app\n"
        "    environment: [ASR_URL=http://asrr:8001/asr, WEB_CONCURRENCY=4]\n"
    )
}
BASELINE = ".configlint-baseline"


def test_what_was_there_before_is_not_told_again(tmp_path: Path) -> None:
    write(tmp_path, STACK)
    assert run(tmp_path, "check").exit == 1
    assert run(tmp_path, "baseline").exit == 0
    again = run(tmp_path, "check", "--format", "json")
    assert again.exit == 0
    assert json.loads(again.stdout)["summary"]["baselined"] == 2


def test_what_is_new_is_told(tmp_path: Path) -> None:
    write(tmp_path, STACK)
    run(tmp_path, "baseline")
    changed = STACK["docker-compose.yml"] + "  web: {image: 'registry.example/web:1', ports: ['80:80']}\n"
    write(tmp_path, {"docker-compose.yml": changed + "  old: {image: 'registry.example/old:1', ports: ['80:8080']}\n"})
    told = json.loads(run(tmp_path, "check", "--format", "json").stdout)["findings"]
    assert [finding["rule"] for finding in told if finding["verdict"] == "fail"] == ["port-conflict"]


def test_lines_that_move_leave_it_byte_identical(tmp_path: Path) -> None:
    write(tmp_path, STACK)
    run(tmp_path, "baseline")
    before = (tmp_path / BASELINE).read_bytes()
    write(tmp_path, {"docker-compose.yml": "# a comment\n\n" + STACK["docker-compose.yml"]})
    assert run(tmp_path, "check").exit == 0
    run(tmp_path, "baseline")
    assert (tmp_path / BASELINE).read_bytes() == before


def test_it_holds_no_value_and_no_line(tmp_path: Path) -> None:
    secret = "made-up-Q7xk29vTn4"
    write(tmp_path, {".env": f"LIVEKIT_API_SECRET={secret}\n", "livekit.yaml": "keys: {a: other-made-up-Z81kq}\n"})
    run(tmp_path, "baseline")
    lines = (tmp_path / BASELINE).read_text().splitlines()
    assert any(line.startswith("secret-parity|") for line in lines)
    assert secret not in "".join(lines)
    assert "other-made-up" not in "".join(lines)


def test_a_stale_entry_is_told_and_pruned(tmp_path: Path) -> None:
    write(tmp_path, STACK)
    run(tmp_path, "baseline")
    write(tmp_path, {"docker-compose.yml": STACK["docker-compose.yml"].replace("asrr", "api")})
    assert "--prune" in run(tmp_path, "check").stdout
    assert run(tmp_path, "baseline", "--prune").exit == 0
    assert "service-host" not in (tmp_path / BASELINE).read_text()
    assert "--prune" not in run(tmp_path, "check").stdout


def test_an_entry_of_a_rule_that_is_off_is_not_stale(tmp_path: Path) -> None:
    write(tmp_path, STACK)
    run(tmp_path, "baseline")
    assert "--prune" not in run(tmp_path, "check", "--ignore", "service-host").stdout


def test_a_directory_that_is_excluded_says_so_and_how_to_check_it(tmp_path: Path) -> None:
    files = {".configlint.yaml": "exclude: [samples/**]\n", "samples/a/.env": "A=1\nA=2\n", "other/.env": "B=1\n"}
    write(tmp_path, files)
    said = run(tmp_path, "check", "samples/a").stdout
    assert "samples/a is excluded in .configlint.yaml; with `--root` a directory is checked by itself" in said
    assert "excluded" not in run(tmp_path, "check", "other").stdout
    assert run(tmp_path / "samples/a", "check", "--root", ".").exit == 1
