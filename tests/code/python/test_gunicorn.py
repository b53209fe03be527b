"""What a configuration file sets, held against what gunicorn itself makes of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.code.python.gunicorn import settings as gunicorn_settings
from configlint.formats.python.document import read
from configlint.model.document import UnreadableError
from configlint.model.reason import Reason
from configlint.model.text import Text

VARIABLES = {"SET": "5", "HEX": "0x10", "EMPTY": "", "ODD": "-4", "WORD": "many"}

FILES = [
    "",
    "workers = 4",
    "workers = '4'",
    "workers = '0x4'",
    "workers = ' 7 '",
    "workers = '010'",
    "workers = '1_0'",
    "workers = True",
    "workers = False",
    "workers = 0",
    "workers = -1",
    "workers = 2.5",
    "workers = None",
    "workers = 'many'",
    "workers = [3]",
    "WORKERS = 4",
    "workers: int = 4",
    "workers: int",
    "workers, threads = 3, 2",
    "workers = threads = 2",
    "workers = 2\nworkers = 3",
    "workers = 2\ndel workers",
    "workers = 2\nworkers += 1",
    "base = 1\nworkers = base + 2",
    "workers = base = 2\nbase = 9",
    "import multiprocessing\nworkers = multiprocessing.cpu_count() * 2 + 1",
    "import os\nworkers = int(os.getenv('UNSET', '3'))",
    "import os\nworkers = os.getenv('SET', '3')",
    "import os\nworkers = os.getenv('HEX', 3)",
    "import os\nworkers = os.environ.get('UNSET', 6)",
    "import os\nworkers = os.environ.get('EMPTY') or 2",
    "import os\nworkers = os.environ['SET']",
    "import os\nworkers = os.environ['UNSET']",
    "import os\nworkers = os.getenv('UNSET')",
    "import os\nworkers = os.getenv('ODD')",
    "import os\nworkers = os.getenv('WORD', 2)",
    "import os\nworkers = int(os.getenv('WORD', 2))",
    "from os import getenv as g\nworkers = max(int(g('SET', 1)), 2)",
    "import os\nworkers = 8 if os.getenv('SET') else 2",
    "import os\nif os.getenv('SET'):\n    workers = 8\nelse:\n    workers = 2",
    "if __name__ == '__main__':\n    workers = 8",
    "workers = 2\nif __name__ == '__main__':\n    workers = 8",
    "for workers in (1, 2):\n    pass",
    "try:\n    workers = 2\nexcept ValueError:\n    workers = 3",
    "with open(__file__):\n    workers = 2",
    "def workers(): return 3",
    "def count(): return 3\nworkers = count()",
    "workers = (lambda: 3)()",
    "workers = 1\nexec('workers = 3')",
    "workers = 1\nglobals()['workers'] = 3",
    "globals().update(workers=3)",
    "workers = 1\ndef f():\n    global workers\n    workers = 3\nf()",
    "from math import *\nworkers = 3",
    "workers = 3\nfrom math import *",
    "from math import *",
    "import json\nworkers = json.loads('3')",
    "class workers: pass",
    "workers = 3 if True else 4",
    "workers = (3)",
    "workers = 3;",
    "é = 1; workers = 3",
    "\ufeffworkers = 3\r\nthreads = 2\r\n",
    "workers = '''3'''",
    "workers = f'{3}'",
    "workers = 9 ** 1",
    "workers = 7 // 2 - 1",
    "workers = 1\nworkers_ = 2",
    "match 3:\n    case workers:\n        pass",
    "(workers := 3)",
    "[workers := n for n in (1, 2)]",
    "bind = '0.0.0.0:8000'",
    "bind = ['0.0.0.0:8000', ' [::]:8001 ']",
    "bind = ('a:1',)",
    "bind = ' unix:/tmp/s '",
    "bind = 'a:1,b:2'",
    "bind = ''",
    "bind = None",
    "import os\nbind = f\"0.0.0.0:{os.getenv('UNSET', '8000')}\"",
    "host = '0.0.0.0'\nbind = host + ':' + str(8000)",
    "bind = '%s:%d' % ('h', 80)",
    "bind = ['a:1'] + ['b:2']",
    "bind = []\nbind.append('a:1')",
    "reload = True",
    "reload = 'TRUE '",
    "reload = 'yes'",
    "reload = 1",
    "reload = None",
    "worker_class = ' gthread '\nthreads = '4'",
    "worker_class = None",
    "raw_env = ['A=1', 'B=2,3']",
    "raw_env = 'A=1'",
    "wsgi_app = 'app:app'",
    "timeout = 0x10",
    "timeout = '1e3'",
    "workers = 3\ndef on_starting(server):\n    pass",
    "# workers = 9\n\"\"\"\nworkers = 9\n\"\"\"\nworkers = 3",
    "import nowhere_to_be_found\nworkers = 3",
    "workers = undefined",
]  # fmt: skip

_LOADER = """
import contextlib, io, json, sys
from gunicorn.app.wsgiapp import WSGIApplication
answers = []
for path in json.load(sys.stdin):
    sys.argv = ["gunicorn", "-c", path, "app:app"]
    noise = io.StringIO()
    try:
        with contextlib.redirect_stdout(noise), contextlib.redirect_stderr(noise):
            cfg = WSGIApplication().cfg
        names = ("workers", "threads", "bind", "reload", "raw_env", "wsgi_app", "timeout")
        values = {name: cfg.settings[name].get() for name in names}
        values["worker_class"] = str(cfg.settings["worker_class"].get())
        answers.append(values)
    except (SystemExit, Exception):
        answers.append(None)
print(json.dumps(answers))
"""

DEFAULTS = {"workers": 1, "threads": 1, "reload": False, "raw_env": [], "wsgi_app": None, "timeout": 30}


def environment(name: str) -> Text | None:
    return Text.assumed(VARIABLES[name]) if name in VARIABLES else None


def ours(content: str) -> dict[str, str | None]:
    """Our answer; None where we say that it cannot be known."""
    found = gunicorn_settings(read("gunicorn.conf.py", content), environment)
    return {name: text.value for name, text in found.items()}


def clean_environment() -> dict[str, str]:
    speaking = ("WEB_CONCURRENCY", "GUNICORN_CMD_ARGS", "PORT")
    return {name: value for name, value in os.environ.items() if name not in speaking} | VARIABLES


def loaded(folder: Path, contents: list[str]) -> list[dict[str, object] | None]:
    """What gunicorn makes of each file; None where it refuses to start."""
    paths = []
    for index, content in enumerate(contents):
        path = folder / f"conf{index}.py"
        path.write_bytes(content.encode())
        paths.append(str(path))
    done = subprocess.run(
        [sys.executable, "-c", _LOADER],
        input=json.dumps(paths),
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env=clean_environment(),
    )
    answers: list[dict[str, object] | None] = json.loads(done.stdout)
    return answers


def shown(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def disagreement(content: str, theirs: dict[str, object] | None) -> str:
    """Where our known answers are not gunicorn's; empty where they are, or where gunicorn refuses to start."""
    mine = ours(content)
    for name, value in (theirs or {}).items():
        if name not in mine and name in DEFAULTS and value not in (None, DEFAULTS[name]):
            return f"{content!r}: gunicorn sets {name} to {value!r}, we do not see it"
        if mine.get(name) is not None and mine[name] != shown(value):
            return f"{content!r}: gunicorn sets {name} to {value!r}, we say {mine[name]!r}"
    return ""


def test_every_known_answer_is_that_of_gunicorn(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("def app(environ, start_response): ...\n")
    answers = loaded(tmp_path, FILES)
    assert [message for pair in zip(FILES, answers, strict=True) if (message := disagreement(*pair))] == []
    decided = [content for content, answer in zip(FILES, answers, strict=True) if answer is not None]
    assert sum(None not in ours(content).values() for content in decided) > len(decided) / 2


COUNT = st.sampled_from(
    [
        "2",
        "'3'",
        "'0x4'",
        "N",
        "N + 1",
        "int(os.getenv('SET', '1'))",
        "os.getenv('UNSET', 6)",
        "True",
        "-N",
        "max(N, 3)",
    ]
)
LINES = st.one_of(
    st.builds("workers = {}".format, COUNT),
    st.builds("N = {}".format, st.sampled_from(["1", "2", "int('4')"])),
    st.builds("if N > 1:\n    workers = {}".format, COUNT),
    st.builds("threads, workers = {}, {}".format, COUNT, COUNT),
    st.builds("workers += {}".format, st.just("1")),
    st.builds("def set_it():\n    workers = {}".format, COUNT),
    st.builds("threads = workers if {} else 1".format, COUNT),
    st.just("workers = N\nN = 7"),
)


def test_generated_files_agree_too(tmp_path: Path) -> None:
    contents: list[str] = []

    @settings(max_examples=150, deadline=None, database=None, derandomize=True)
    @given(st.lists(LINES, max_size=5))
    def generate(lines: list[str]) -> None:
        contents.append("\n".join(["import os", "N = 2", *lines]))

    generate()
    (tmp_path / "app.py").write_text("def app(environ, start_response): ...\n")
    answers = loaded(tmp_path, contents)
    assert [message for pair in zip(contents, answers, strict=True) if (message := disagreement(*pair))] == []


@pytest.mark.parametrize("value", ["'010'", "-1", "2.5", "None", "'many'"])
def test_a_count_that_gunicorn_refuses_stands_as_it_is_written(value: str, tmp_path: Path) -> None:
    assert loaded(tmp_path, [f"workers = {value}"]) == [None]
    assert ours(f"workers = {value}") == {"workers": value.strip("'")}


@pytest.mark.parametrize("content", ["workers = 3", "workers = '0x4'", "import os\nworkers = os.environ['SET']"])
def test_the_command_prints_the_same(content: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("def app(environ, start_response): ...\n")
    (tmp_path / "gunicorn.conf.py").write_text(content)
    command = [sys.executable, "-m", "gunicorn", "--print-config", "app:app"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path, env=clean_environment())
    (line,) = [line for line in done.stdout.splitlines() if line.split("=")[0].strip() == "workers"]
    assert ours(content)["workers"] == line.partition("=")[2].strip()


def test_an_unknown_setting_points_at_what_makes_it_so() -> None:
    content = "import os\nworkers = 2\nif os.getenv('SET'):\n    workers = 8\n"
    text = gunicorn_settings(read("gunicorn.conf.py", content), environment)["workers"]
    assert text.place is not None
    assert content[text.place.start : text.place.end] == "workers = 8"
    assert text.reason == Reason("condition", "workers", "4")


@pytest.mark.parametrize(
    "hook",
    [
        "def on_starting(server):\n    server.cfg.set('workers', 5)",
        "def when_ready(server):\n    server.num_workers = 5",
    ],
)
def test_a_hook_that_changes_the_server_makes_the_count_unknown(hook: str) -> None:
    text = gunicorn_settings(read("gunicorn.conf.py", f"workers = 2\n{hook}\n"), environment)["workers"]
    assert text.value is None
    assert text.reason == Reason("hook", "workers")


def test_a_count_is_rewritten_where_it_is_written() -> None:
    for content, literal in (("workers = 1  # é", "1"), ("é = '1'; workers = é", "'1'"), ("n = 1\nworkers = n", "1")):
        text = gunicorn_settings(read("gunicorn.conf.py", content), environment)["workers"]
        assert text.site is not None
        assert text.site.literal is not None
        place = text.site.literal.place
        assert content[place.start : place.end] == literal


def test_a_file_that_cannot_be_parsed_is_not_one_without_settings() -> None:
    with pytest.raises(UnreadableError):
        ours("workers = (")
