"""How many workers a server starts: as the real servers decide, and by which setting."""

import itertools
import json
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from one_service import DOCKERFILE, MAIN, service, started

from configlint.model.decision import Decision


def decided(files: Mapping[str, str], ignored: tuple[str, ...] = ()) -> Decision:
    (one,) = decisions(files, ignored)
    return one


def decisions(files: Mapping[str, str], ignored: tuple[str, ...] = ()) -> list[Decision]:
    return [one.workers for one in started(files, ignored) if one.workers is not None]


def compose(command: list[str], environment: Mapping[str, str]) -> str:
    return json.dumps({"services": {"a": {"build": ".", "command": command, "environment": environment}}})


CONCURRENCY = [None, None, "3", "", "abc", " 4 ", "1_0", "-2"]
MORE = [None, None, "--workers 7", "-w7 -b :1", "-c other.py", "--workers=0", "-c old/gunicorn.conf.py -w 8", "-w x"]
ARGUMENTS = [
    [], [], ["-w", "9"], ["--workers=2"], ["-w2", "-w", "3"], ["-w", "010"], ["-w=6"], ["-w", "0o10"], ["-w", "-1"],
    ["-c", "other.py"], ["-c", "other.py", "-w", "4"], ["--conf", "other.py"], ["--config=other.py"], ["-cother.py"],
    ["-c", "file:other.py"], ["-c", "python:other"], ["-c", "old/gunicorn.conf.py"], ["--chdir", "old"],
    ["--name", "x", "--threads", "5", "--reload"], ["--", "-w", "5"],
]  # fmt: skip
CONFIGURATIONS = [
    None, None, "workers = 5", "workers = '4'", "WORKERS = 8", "workers = True", "workers = 0x0a", "workers = -1",
    "import os\nworkers = int(os.getenv('WEB_CONCURRENCY', 2))", "import os\nworkers = os.environ.get('WORKERS') or 6",
    "base = 1\nworkers = base + 2", "workers = 1\nworkers = 2", "workers: int = 4", "raw_env = ['WEB_CONCURRENCY=9']",
    "workers = None", "workers = 2.5", "bind = ':1'",
]  # fmt: skip


def gunicorn_trials() -> list[dict[str, Any]]:
    """A part of all combinations, the same in each run; every value occurs many times."""
    every = list(itertools.product(CONCURRENCY, MORE, ARGUMENTS, CONFIGURATIONS))
    return [gunicorn_trial(*one) for one in random.Random(7).sample(every, 450)]


def gunicorn_trial(
    concurrency: str | None, more: str | None, arguments: list[str], configuration: str | None
) -> dict[str, Any]:
    environment = {"WEB_CONCURRENCY": concurrency, "GUNICORN_CMD_ARGS": more}
    files = {"other.py": "workers = 16", "old/gunicorn.conf.py": "workers = 18", "gunicorn.conf": "workers = 19"}
    return {
        "server": "gunicorn",
        "files": files | ({"gunicorn.conf.py": configuration} if configuration is not None else {}),
        "environment": {name: value for name, value in environment.items() if value is not None},
        "arguments": [*arguments, "app:app"],
    }


def uvicorn_trials() -> Iterator[dict[str, Any]]:
    arguments = [[], ["--workers", "2"], ["--workers=3", "--workers", "4"], ["--reload"], ["--workers", "0"],
                 ["--workers", "x"], ["--reload", "--workers", "3"], ["--env-file", "e.env"],
                 ["--env-file", "e.env", "--workers", "5"], ["--host", "0.0.0.0"]]  # fmt: skip
    for given, own, concurrency in itertools.product(arguments, [None, "6", "", "x"], [None, "7", "", "x"]):
        environment = {"UVICORN_WORKERS": own, "WEB_CONCURRENCY": concurrency}
        yield {
            "server": "uvicorn",
            "files": {
                "app.py": "async def app(scope, receive, send): ...",
                "e.env": "WEB_CONCURRENCY=8\nUVICORN_WORKERS=9\n",
            },
            "environment": {name: value for name, value in environment.items() if value is not None},
            "arguments": [*given, "app:app"],
        }


def really(trials: list[dict[str, Any]]) -> list[int | None]:
    program = Path(__file__).with_name("really.py")
    done = subprocess.run(
        [sys.executable, program], input=json.dumps(trials), capture_output=True, text=True, check=True
    )
    return list(json.loads(done.stdout))


@pytest.mark.parametrize("trials", [gunicorn_trials(), list(uvicorn_trials())], ids=["gunicorn", "uvicorn"])
def test_the_count_is_that_of_the_real_server(trials: list[dict[str, Any]]) -> None:
    counts = really(trials)
    assert sum(count is not None for count in counts) > len(trials) / 4, "the trials are of use"
    for trial, count in zip(trials, counts, strict=True):
        files = {MAIN: compose([trial["server"], *trial["arguments"]], trial["environment"]), "Dockerfile": DOCKERFILE}
        ours = decided({**files, **trial["files"]}).value
        assert ours.value == count, trial
        assert ours.unknown == (count is None), trial


def told(decision: Decision) -> list[tuple[str, object]]:
    return [(one.by, one.value.value) for one in decision.statements if one.effect != "passes"]


def test_every_setting_that_is_overridden_is_told() -> None:
    files = service("gunicorn -w 1 a", **{"gunicorn.conf.py": "workers = 3\n"})
    files["Dockerfile"] += "ENV WEB_CONCURRENCY=4 GUNICORN_CMD_ARGS='--workers 2'\n"
    decision = decided(files)
    assert told(decision) == [
        ("--workers", 1),
        ("GUNICORN_CMD_ARGS", 2),
        ("gunicorn.conf.py", 3),
        ("WEB_CONCURRENCY", 4),
        ("gunicorn", 1),
    ]
    assert decision.file == "gunicorn.conf.py"
    places = [one.value.text.place for one in decision.statements]
    assert [place.path if place else "" for place in places] == [
        MAIN,
        "Dockerfile",
        "gunicorn.conf.py",
        "Dockerfile",
        "",
    ]
    assert [one.effect for one in decision.statements] == ["wins", *["overridden"] * 4]


@pytest.mark.parametrize(
    ("command", "written"),
    [
        ("gunicorn -w 2 a", "-w "),
        ("gunicorn -w2 a", "-w"),
        ("gunicorn -w=2 a", "-w="),
        ("gunicorn --workers=2 a", "--workers="),
        ("gunicorn --workers 2 a", "--workers "),
        ("uvicorn a --reload", "--reload"),
        ("env WEB_CONCURRENCY=2 gunicorn a", "WEB_CONCURRENCY="),
        ("env GUNICORN_CMD_ARGS='-w 2' gunicorn a", "-w "),
    ],
)
def test_a_statement_knows_how_it_is_written(command: str, written: str) -> None:
    winner = decided(service(json.dumps(command))).winner
    assert winner is not None
    assert winner.written == written


def test_a_variable_that_the_deciding_setting_reads_is_not_overridden() -> None:
    files = service("gunicorn a", **{"gunicorn.conf.py": "import os\nworkers = int(os.environ['WEB_CONCURRENCY'])\n"})
    files["Dockerfile"] += "ENV WEB_CONCURRENCY=4\n"
    assert told(decided(files)) == [("gunicorn.conf.py", 4), ("gunicorn", 1)]
    assert [one.effect for one in decided(files).statements] == ["wins", "passes", "overridden"]


def test_the_default_can_be_replaced_where_a_flag_would_stand() -> None:
    decision = decided({**service(""), "Dockerfile": DOCKERFILE + 'CMD ["gunicorn", "wsgi:app"]\n'})
    assert told(decision) == [("gunicorn", 1)]
    site = decision.value.text.site
    assert site is not None
    assert site.literal is not None
    assert (site.literal.before, site.place) == (', "--workers", ', site.literal.inner)


@pytest.mark.parametrize(
    ("command", "files", "value"),
    [
        ("gunicorn -w $$W a", {}, None),
        ("sh -c 'gunicorn -w $${W:-2} a'", {}, 2),
        ("sh -c 'gunicorn -w $${W} a'", {}, None),
        ("sh -c 'gunicorn $$OPTIONS a'", {}, 1),
        ("gunicorn -w ${W:-2} a", {}, 2),
        ("gunicorn -w ${W} a", {}, None),
        ("gunicorn -w ${W:-2} a", {".env": "W=5\n"}, 5),
        ("gunicorn ${OPTIONS} a", {}, None),
        ("gunicorn ${OPTIONS} a", {".env": ""}, 1),
        ("gunicorn ${OPTIONS} -w 2 a", {}, 2),
        ("gunicorn -c /etc/none.py a", {}, None),
        ("gunicorn -c /etc/none.py -w 2 a", {}, 2),
        (
            "gunicorn a",
            {"gunicorn.conf.py": "import multiprocessing\nworkers = multiprocessing.cpu_count()\n"},
            None,
        ),
        ("gunicorn a", {"gunicorn.conf.py": "workers = (\n"}, None),
        ("gunicorn -k uvicorn.workers.UvicornWorker -w 4 a", {}, 4),
        ("uvicorn a --worker-class x", {}, 1),
        ("fastapi run a.py --workers 3", {}, 3),
        ("fastapi dev a.py", {}, 1),
        ("sh -c 'cd src && gunicorn a'", {"src/gunicorn.conf.py": "workers = 6\n"}, 6),
        ("sh -c 'WEB_CONCURRENCY=7 gunicorn a'", {}, 7),
        ("env WEB_CONCURRENCY=7 gunicorn a", {}, 7),
    ],
)
def test_counts(command: str, files: dict[str, str], value: int | None) -> None:
    assert decided(service(json.dumps(command), **files)).value.value == value


@pytest.mark.parametrize(
    ("entry", "ignored", "value"),
    [("a.env", ("a.env",), None), ("a.env", (), 1), ("{path: a.env, required: false}", (), 1)],
)
def test_an_environment_file_that_git_ignores_may_set_the_count(
    entry: str, ignored: tuple[str, ...], value: int | None
) -> None:
    files = service("gunicorn a")
    files[MAIN] += f"    env_file: [{entry}]\n"
    assert decided(files, ignored).value.value == value
    files[MAIN] = files[MAIN].replace("gunicorn a", "gunicorn -w 3 a")
    assert decided(files, ignored).value.value == 3


@pytest.mark.parametrize(
    "command", ["celery worker -w 3", "python app.py", "celery -A x worker --concurrency 4", "nginx"]
)
def test_other_programs_have_no_such_count(command: str) -> None:
    assert decisions(service(command)) == []


def test_a_service_may_start_several_servers() -> None:
    found = decisions(service("sh -c 'gunicorn -w 2 a & uvicorn b --workers 3'"))
    assert [one.value.value for one in found] == [2, 3]


RUN = "import uvicorn\nif __name__ == '__main__':\n    uvicorn.run('main:app', port=8000{})\n"
LISTED = "import subprocess\nsubprocess.run(['gunicorn', 'app:app', '--workers', '2'])\n"


@pytest.mark.parametrize(
    ("command", "files", "value"),
    [
        ("python main.py", {"main.py": RUN.format(", workers=4")}, 4),
        ("python -u main.py --x", {"main.py": RUN.format(", workers=4")}, 4),
        ("python -m main", {"main.py": RUN.format(", workers=4")}, 4),
        ("python -m pkg", {"pkg/__main__.py": RUN.format(", workers=4")}, 4),
        ("./main.py", {"main.py": RUN.format(", workers=4")}, 4),
        ("python main.py", {"main.py": RUN.format("")}, 1),
        ("python main.py", {"main.py": RUN.format(", reload=True, workers=4")}, 1),
        ("env WEB_CONCURRENCY=5 python main.py", {"main.py": RUN.format("")}, 5),
        ("env WEB_CONCURRENCY=5 python main.py", {"main.py": RUN.format(", workers=2")}, 2),
        ("python main.py", {"main.py": LISTED}, 2),
        ("python main.py", {"main.py": LISTED.replace("['gunicorn'", "['python', '-m', 'gunicorn'")}, 2),
        ("python main.py", {"main.py": "import os\nos.system('gunicorn app:app -w 2')\n"}, 2),
    ],
)
def test_servers_that_a_python_program_starts(command: str, files: dict[str, str], value: int) -> None:
    assert decided(service(command, **files)).value.value == value


@pytest.mark.parametrize(
    ("command", "content"),
    [
        ("python main.py", "print('gunicorn')"),
        ("python main.py", "x = ("),
        ("python other.py", "import uvicorn\nuvicorn.run('a:b')"),
        ("python manage.py", "import uvicorn\nuvicorn.run('a:b')"),
        ("python main.py", "import subprocess\nsubprocess.run(['python', 'main.py', 'gunicorn'])"),
    ],
)
def test_programs_that_start_no_server(command: str, content: str) -> None:
    assert decisions(service(command, **{"main.py": content})) == []
