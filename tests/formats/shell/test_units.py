"""Procfiles, systemd units, supervisor's configuration: which programs they start, and with what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configlint.formats.shell.script import Invocation
from configlint.formats.shell.units import Kind, Program, kind_of, programs
from configlint.model.text import Text


def nothing(name: str) -> Text | None:
    return None


def started(program: Program) -> list[str]:
    return [line(one) for one in program.invocations(nothing)]


def line(one: Invocation) -> str:
    return " ".join([one.program.raw, *(word.raw for word in one.args)])


def test_a_procfile_names_processes() -> None:
    content = "# comment\nweb: gunicorn -w ${W:-3} app:app\r\nworker:celery worker\nrelease : x\n\nbad line"
    web, worker = programs("procfile", "Procfile", content)
    assert (web.name, started(web)) == ("web", ["gunicorn -w 3 app:app"])
    assert (worker.name, started(worker)) == ("worker", ["celery worker"])
    count = web.invocations(nothing)[0].args[1]
    assert count.place is not None
    assert content[count.place.start : count.place.end] == "3"


UNIT = """\
[Unit]
Description=API
[Service]
Environment="A=1" B=2
Environment=A=3
EnvironmentFile=-/etc/api.env
WorkingDirectory=/srv/app
ExecStartPre=/bin/true
ExecStart=-/opt/venv/bin/gunicorn \\
    --workers 2 \\
    app:app
; comment
[Install]
ExecStart=no
"""


def test_a_systemd_unit() -> None:
    (service,) = programs("systemd", "api.service", UNIT)
    (one,) = service.invocations(nothing)
    assert line(one) == "/opt/venv/bin/gunicorn --workers 2 app:app"
    assert {name: value.raw for name, value in one.environment} == {"A": "3", "B": "2"}
    assert one.directory == "/srv/app"
    assert [path.raw for path in service.env_files] == ["/etc/api.env"]
    assert one.args[1].site is not None, "a count on a continued line can be rewritten"


SUPERVISOR = """\
[supervisord]
nodaemon=true
[program:web]
command=gunicorn -w 5 app:app ; five
environment=A="1,2",B='3',C=4
directory=/srv
[program:long]
command = uvicorn a:b
    --workers 2
[eventlistener:x]
command=y
"""


def test_supervisor() -> None:
    web, long = programs("supervisor", "supervisord.conf", SUPERVISOR)
    (one,) = web.invocations(nothing)
    assert line(one) == "gunicorn -w 5 app:app"
    assert {name: value.raw for name, value in one.environment} == {"A": "1,2", "B": "3", "C": "4"}
    assert one.directory == "/srv"
    assert started(long) == ["uvicorn a:b --workers 2"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("Procfile", "procfile"),
        ("api/Procfile.dev", "procfile"),
        ("deploy/api.service", "systemd"),
        ("supervisord.conf", "supervisor"),
        ("etc/supervisor/conf.d/web.conf", "supervisor"),
        ("nginx.conf", None),
        ("service.py", None),
    ],
)
def test_kinds(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


LINES = ["[Service]", "[program:a]", "ExecStart=a\\", "command=x", " b", "web: c", "=", "[", "'", "\0",
         "environment=A='", "Environment='"]  # fmt: skip


@given(
    st.sampled_from(["procfile", "systemd", "supervisor"]),
    st.lists(st.sampled_from(LINES), max_size=8).map("\n".join),
)
def test_any_file_is_read(kind: Kind, content: str) -> None:
    for program in programs(kind, "f", content):
        started(program)


@pytest.mark.parametrize("kind", ["procfile", "systemd", "supervisor"])
def test_hostile_files_are_read_without_harm(kind: Kind) -> None:
    for content in ("[Service]\nExecStart=" + "a\\\n" * 20_000, "[program:a]\ncommand=a" + "\n b" * 20_000,
                    "[program:a]\ncommand=x\nenvironment=" + "A=" * 50_000, "a" * 1_000_000):  # fmt: skip
        for program in programs(kind, "f", content):
            started(program)
