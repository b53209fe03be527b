"""The programs that command lines and start scripts start, once every wrapper has done its part."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats.shell.launchers import program_name
from configlint.formats.shell.script import Invocation, Slot, from_line, from_script, from_words
from configlint.formats.shell.shell import words
from configlint.model.text import Literal, Place, Text


def text(value: str) -> Text:
    place = Place("start.sh", 0, len(value))
    return Text.literal(value, Literal(place=place, inner=place, style="shell/script"))


def nothing(name: str) -> Text | None:
    return None


def run(script: str, arguments: list[str] | None = None, **variables: str) -> list[Invocation]:
    given_arguments = None if arguments is None else [Text.assumed(one) for one in arguments]
    found = {name: Text.assumed(value) for name, value in variables.items()}
    return from_script(text(script), found.get, given_arguments)


def lines(found: list[Invocation]) -> list[str]:
    return [" ".join([str(one.program), *map(str, one.args)]) for one in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("gunicorn app:app", "gunicorn app:app"),
        ("exec gunicorn a", "gunicorn a"),
        ("nohup time gunicorn a", "gunicorn a"),
        ("python -m gunicorn a", "gunicorn a"),
        ("python3.12 -u -X dev -m uvicorn a --workers 2", "uvicorn a --workers 2"),
        ("/opt/venv/bin/python -m uvicorn a", "uvicorn a"),
        ("python manage.py runserver", "python manage.py runserver"),
        ("python -c 'import x' -m y", "python -c import x -m y"),
        ("env A=1 B=2 gunicorn a", "gunicorn a"),
        ("env -u X -i gunicorn a", "gunicorn a"),
        ("tini -g -- gunicorn a", "gunicorn a"),
        ("/usr/bin/tini -p SIGTERM gunicorn a", "gunicorn a"),
        ("dumb-init --rewrite 15:3 -- gunicorn a", "gunicorn a"),
        ("gosu app:app gunicorn a", "gunicorn a"),
        ("su-exec nobody gunicorn a", "gunicorn a"),
        ("poetry run gunicorn a", "gunicorn a"),
        ("poetry -C /app run gunicorn a", "gunicorn a"),
        ("npx next start -p 3000", "next start -p 3000"),
        ("npx --yes -p next@15 next start", "next start"),
        ("uv run --no-sync --project /app gunicorn a", "gunicorn a"),
        ("uv run -- gunicorn a", "gunicorn a"),
        ("uv pip install x", "uv pip install x"),
        ("pipenv run python -m uvicorn a", "uvicorn a"),
        ("pdm run gunicorn a", "gunicorn a"),
        ("hatch run gunicorn a", "gunicorn a"),
        ("conda run -n env --no-capture-output gunicorn a", "gunicorn a"),
        ("ddtrace-run gunicorn a", "gunicorn a"),
        ("newrelic-admin run-program gunicorn a", "gunicorn a"),
        ("opentelemetry-instrument --traces_exporter console --x=y gunicorn a", "gunicorn a"),
        ("./wait-for-it.sh db:5432 -t 30 -- gunicorn a", "gunicorn a"),
        ("wait-for-it db:5432", "wait-for-it db:5432"),
        ("dockerize -wait tcp://db:5432 -timeout 30s gunicorn a", "gunicorn a"),
        ("timeout -k 5 30 gunicorn a", "gunicorn a"),
        ("nice -n 10 gunicorn a", "gunicorn a"),
        ("sudo -E -u app gunicorn a", "gunicorn a"),
        ("python -m debugpy --listen 0.0.0.0:5678 -m uvicorn a", "uvicorn a"),
        ("coverage run -m gunicorn a", "gunicorn a"),
        ("watchmedo auto-restart -d . -- gunicorn a", "gunicorn a"),
        ("sh -c 'gunicorn a'", "gunicorn a"),
        ("bash -lc 'exec gunicorn a'", "gunicorn a"),
        ("/bin/bash -eu -o pipefail -c 'gunicorn a'", "gunicorn a"),
        ("sh start.sh x", "start.sh x"),
        ("bash -x ./start.sh", "./start.sh"),
        ("exec", ""),
        ("poetry run", ""),
        ("sh", ""),
    ],
)
def test_what_starts_another_program_is_seen_through(line: str, expected: str) -> None:
    assert "; ".join(lines(from_line(text(line), nothing))) == expected


def test_arguments_behind_a_shell_line_are_its_own() -> None:
    found = from_words([Text.assumed(one) for one in ("sh", "-c", 'gunicorn $0 $1 "$@"', "a", "b", "c")], nothing)
    assert lines(found) == ["gunicorn … b b c"]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("a && b; c\nd | e & f || g", ["a", "b", "c", "d", "e", "f", "g"]),
        ("#!/bin/sh\nset -e\n# comment\necho hi; cd /app\nexec gunicorn a", ["gunicorn a"]),
        ("gunicorn \\\n  -w 2 \\\n  a", ["gunicorn -w 2 a"]),
        ("cat <<EOF > f\ngunicorn x\nEOF\ngunicorn a", ["cat", "gunicorn a"]),
        ("exec gunicorn a\ngunicorn b", ["gunicorn a"]),
        ("exec > log\ngunicorn a", ["gunicorn a"]),
        ("if x; then\n  exec gunicorn a\nelse\n  exec gunicorn b\nfi\nc", ["x", "gunicorn a", "gunicorn b", "c"]),
        ("while ! nc -z db 5432; do sleep 1; done\ngunicorn a", ["nc -z db 5432", "gunicorn a"]),
        ("for i in 1 2; do a; done; b", ["a", "b"]),
        ('case "$1" in\n  web) gunicorn a ;;\n  *)\n    b ;;\nesac\nc', ["gunicorn a", "b", "c"]),
        ("main() {\n  exec gunicorn a\n}\nmain", ["gunicorn a", "main"]),
        ("(cd x && gunicorn a)", ["gunicorn a"]),
        ("A=1 gunicorn a", ["gunicorn a"]),
        ("", []),
    ],
)
def test_scripts(script: str, expected: list[str]) -> None:
    assert lines(run(script)) == expected


@pytest.mark.parametrize(
    ("script", "conditional"),
    [
        ("gunicorn a", False),
        ("a && gunicorn a", False),
        ("[ -f x ] && gunicorn a", True),
        ("test -f x && gunicorn a", True),
        ("a || gunicorn a", True),
        ("if x; then gunicorn a; fi", True),
        ("if x; then y; fi\ngunicorn a", False),
        ("for i in 1; do x; done\ngunicorn a", False),
        ("f() { x; }\ngunicorn a", False),
    ],
)
def test_conditions(script: str, conditional: bool) -> None:
    assert run(script)[-1].conditional is conditional


def test_variables_of_a_script_count_for_what_follows() -> None:
    script = "W=${W:-2}\nexport X=1 Y\nZ=5\nY=6 gunicorn -w $W -z $Z -n $N"
    (one,) = run(script, Y="0")
    assert lines([one]) == ["gunicorn -w 2 -z 5 -n …"]
    assert {name: value.raw for name, value in one.environment} == {"X": "1", "Y": "6"}
    assert one.args[1].depends == ("W",)
    (other,) = run(script, W="7")
    assert other.args[1].raw == "7"


def test_a_variable_set_on_a_condition_is_unknown_behind_it() -> None:
    (one,) = run('if [ -z "$W" ]; then W=2; fi\ngunicorn -w $W')
    assert not one.args[1].known


def test_options_in_a_variable_are_words_of_their_own() -> None:
    (one,) = run("gunicorn $OPTS a", OPTS="-w 4 --preload")
    assert lines([one]) == ["gunicorn -w 4 --preload a"]


@pytest.mark.parametrize(
    ("script", "directory"),
    [("gunicorn a", ""), ("cd src && gunicorn a", "src"), ("cd /srv\ncd app\ngunicorn a", "/srv/app"),
     ("cd $D\ngunicorn a", None), ("if x; then cd y; fi\ngunicorn a", "")],
)  # fmt: skip
def test_where_a_program_is_started(script: str, directory: str | None) -> None:
    assert run(script)[-1].directory == directory


def test_a_script_passes_its_arguments_on() -> None:
    slot = Slot(place=Place("compose.yaml", 5, 5), style="yaml/double")
    arguments = [text("gunicorn"), text("app:app")]
    (one,) = from_script(text('exec "$@"'), nothing, arguments, slot)
    assert lines([one]) == ["gunicorn app:app"]
    assert one.slot is slot, "an argument is added where the arguments stand, not in the script"
    (unknown,) = run('exec "$@"')
    assert not unknown.program.known


def test_an_argument_can_be_added_behind_the_last_word() -> None:
    (one,) = from_line(text("gunicorn 'app:app'  "), nothing)
    assert one.slot is not None
    assert one.slot.place == Place("start.sh", 18, 18)
    literal = one.slot.literal("--workers")
    assert (literal.before, literal.after, literal.place) == (" --workers ", "", one.slot.place)


def test_no_argument_is_added_where_the_last_word_is_written_elsewhere() -> None:
    line = text("gunicorn ") + Text.exactly("app:app", Place(".env", 3, 10))
    (one,) = from_line(line, nothing)
    assert one.slot is None


@pytest.mark.parametrize(
    ("path", "name"), [("/usr/bin/gunicorn", "gunicorn"), ("./wait-for-it.sh", "wait-for-it"), ("x", "x"), ("", "")]
)
def test_names_of_programs(path: str, name: str) -> None:
    assert program_name(path) == name


PIECES = ["if", "then", "fi", "case", "esac", "in", "{", "}", "(", ")", ";", ";;", "&&", "||", "\n", "a", "exec", "sh",
          "-c", "'b c'", '"$@"', "$X", "X=1", "export", "cd", "env", "--", "python", "-m", "poetry", "run",
          "<<E"]  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map(" ".join))
def test_any_script_is_read(script: str) -> None:
    for one in run(script):
        assert one.program.raw or one.program.runs
    from_line(text(script), nothing)
    from_words([word.text for word in words(text(script))], nothing)


@pytest.mark.parametrize(
    "script", ["sh -c '" * 1_000, "exec " * 30_000, "if " * 30_000, "X=$X$X\n" * 60, "(" * 100_000, "env " * 30_000]
)
def test_hostile_scripts_are_read_without_harm(script: str) -> None:
    run(script, X="xx")
