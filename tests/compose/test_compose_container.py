"""Containers: their environment, the files that stand in them, and what they start."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.compose.command import Start, start
from configlint.compose.container import Container, container, repository_path
from configlint.compose.model import EnvValue
from configlint.compose.project import project
from configlint.engine.reasons import said
from configlint.formats.dotenv.compose import bindings
from configlint.model.memory_tree import MemoryTree
from configlint.model.text import Place
from configlint.workspace.documents import DocumentStore

MAIN = "docker-compose.yml"


def store(files: Mapping[str, str], ignored: tuple[str, ...] = ()) -> DocumentStore:
    return DocumentStore(MemoryTree(files, ignored))


def made(files: Mapping[str, str], name: str = "a", ignored: tuple[str, ...] = ()) -> Container:
    files_of = store(files, ignored)
    found = project(MAIN, files_of)
    return container(found.services[name], found, files_of)


def values(here: Container) -> dict[str, str | None]:
    return {name: None if one.value is None else one.value.value for name, one in here.environment.values.items()}


def layers(one: EnvValue) -> list[tuple[str, str | None]]:
    stack = (one, *one.overridden)
    return [(each.source, None if each.value is None else each.value.value) for each in stack]


LAYERED = {
    MAIN: """\
services:
  a:
    build: {context: ., args: {ARGUMENT: given}}
    environment: {A: environment, NONE: , PASSED: , B: "${B}"}
    env_file: [one.env, two.env]
""",
    ".env": "B=project\nPASSED=project\n",
    "one.env": "A=one\nB=one\nC=one\nD=one\nE=${C}-${B}-${F:-f}\n",
    "two.env": "C=two\nNONE=two\nG='$C'\nH=$D\nPASSED\n",
    "Dockerfile": "FROM x\nARG ARGUMENT=default\nENV A=image C=image I=image J=$ARGUMENT\n",
}


def test_environment_wins_over_files_and_files_over_the_image() -> None:
    here = made(LAYERED)
    assert values(here) == {
        "A": "environment", "NONE": None, "PASSED": "project", "B": "project", "C": "two", "D": "one",
        "E": "one-project-f", "G": "$C", "H": "one", "I": "image", "J": "given",
    }  # fmt: skip
    assert layers(here.environment.values["A"]) == [
        ("environment", "environment"),
        ("env_file", "one"),
        ("image", "image"),
    ]
    assert layers(here.environment.values["C"]) == [("env_file", "two"), ("env_file", "one"), ("image", "image")]
    assert here.environment.missing == ()


def test_an_override_file_is_a_layer_too() -> None:
    files = {MAIN: "services: {a: {environment: [A=1]}}", "compose.override.yml": "services: {a: {environment: [A=2]}}"}
    assert layers(made(files).environment.values["A"]) == [("environment", "2"), ("environment", "1")]


@pytest.mark.parametrize(
    ("entry", "ignored", "missing"),
    [
        ("a.env", (), ["a.env"]),
        ("a.env", ("a.env",), ["a.env"]),
        ("{path: a.env, required: false}", (), []),
        ("{path: a.env, required: false}", ("a.env",), ["a.env"]),
        ("/etc/a.env", (), ["/etc/a.env"]),
    ],
)
def test_files_that_are_not_here(entry: str, ignored: tuple[str, ...], missing: list[str]) -> None:
    here = made({MAIN: f"services: {{a: {{env_file: [{entry}]}}}}"}, ignored=ignored)
    assert [file.path.raw for file in here.environment.missing] == missing


def test_raw_files_are_taken_as_they_are_written() -> None:
    files = {
        MAIN: "services: {a: {env_file: [{path: a.env, format: raw}]}}",
        "a.env": "A='b'\nB=$A\n",
        ".env": "",
    }
    assert values(made(files)) == {"A": "'b'", "B": "$A"}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=  # c", "# c"), ("A=\t# c", "# c"), ("A= # c # d", "# c"), ("A=#c", "#c"), ("A=b # c", "b"),
        ("A=b#c", "b#c"), ("A=b\t# c", "b\t# c"), ("A= b  ", "b"), ("A=", ""), ("A=  ", ""),
        ('A="b" # c', "b"), ("A='b # c'", "b # c"),
        ("A=  # c\r", "# c"), ("A=  # $B", "# x"),
    ],
)  # fmt: skip
def test_a_comment_behind_an_empty_value_is_the_value(line: str, value: str) -> None:
    content = f"B=x\n{line}\nC=z"
    here = made({MAIN: "services: {a: {env_file: a.env}}", "a.env": content})
    assert values(here) == {"A": value, "B": "x", "C": "z"}
    assert value == {one.name: one.reading.value for one in bindings(content)}["A"]


def test_a_comment_that_is_a_secret_s_value_is_secret() -> None:
    here = made({MAIN: "services: {a: {env_file: a.env}}", "a.env": "A_TOKEN=  # made-up\n"})
    text = here.environment.lookup("A_TOKEN")
    assert text is not None
    assert text.secret
    assert text.place is not None
    assert (text.raw, text.place.start) == ("# made-up", len("A_TOKEN=  "))


@pytest.mark.parametrize(("project_environment", "value"), [("A=1\n", "1"), ("B=1\n", None), (None, "unknown")])
def test_a_name_alone_takes_the_value_of_the_project(project_environment: str | None, value: str | None) -> None:
    files = {MAIN: "services: {a: {environment: [A]}}"}
    if project_environment is not None:
        files[".env"] = project_environment
    found = made(files).environment.values["A"].value
    assert (None if found is None else found.value or "unknown") == value


FILES = {
    MAIN: """\
services:
  a:
    build: ./api
    volumes: ["./conf:/etc/app:ro", "./conf/deep:/etc/app/deep", "data:/data", "/srv/x:/srv/x", /app/cache]
    configs: [{source: c, target: /c.yaml}, d]
    secrets: [s]
  b: {image: x, volumes: ["./conf:/etc/app"]}
configs: {c: {file: ./conf/c.yaml}, d: {content: x}}
secrets: {s: {file: secret.txt}}
""",
    "api/Dockerfile": """\
FROM python AS build
WORKDIR /src
COPY . .
FROM python
WORKDIR /app
COPY --from=build /src/pkg ./pkg
COPY --from=build /src/one.py .
COPY --from=nginx /etc/nginx /etc/nginx
COPY start.sh entry.sh /usr/local/bin/
COPY conf/*.py ./
COPY gunicorn.conf.py /etc/g.py
COPY old ./swap
COPY new ./swap
ADD https://example.org/x /x
""",
    "api/pkg/deep/m.py": "",
    "api/one.py": "",
    "api/start.sh": "",
    "api/entry.sh": "",
    "api/conf/g.py": "",
    "api/gunicorn.conf.py": "",
    "api/old/f": "",
    "api/new/f": "",
    "api/old/only": "",
    "conf/app.yaml": "",
    "conf/deep/x": "",
    "conf/c.yaml": "",
}


@pytest.mark.parametrize(
    ("path", "expected", "how"),
    [
        ("/etc/app/app.yaml", "conf/app.yaml", "mount"),
        ("/etc/app/none", "conf/none", "mount"),
        ("/etc/app/deep/x", "conf/deep/x", "mount"),
        ("/etc/app", "conf", "mount"),
        ("/etc/application", None, "none"),
        ("/c.yaml", "conf/c.yaml", "mount"),
        ("/d", None, "inline"),
        ("/run/secrets/s", "secret.txt", "mount"),
        ("/data/x", None, "hidden"),
        ("/app/cache/x", None, "hidden"),
        ("/srv/x/y", None, "unknown"),
        ("pkg/deep/m.py", "api/pkg/deep/m.py", "copy"),
        ("/app/one.py", "api/one.py", "copy"),
        ("one.py", "api/one.py", "copy"),
        ("/usr/local/bin/entry.sh", "api/entry.sh", "copy"),
        ("/app/g.py", "api/conf/g.py", "copy"),
        ("/etc/g.py", "api/gunicorn.conf.py", "copy"),
        ("swap/f", "api/new/f", "copy"),
        ("swap/only", "api/old/only", "copy"),
        ("/etc/nginx/nginx.conf", None, "unknown"),
        ("/x", None, "unknown"),
        ("/app/none.py", None, "unknown"),
        ("/usr/none.py", None, "none"),
    ],
)
def test_which_file_stands_where(path: str, expected: str | None, how: str) -> None:
    assert repository_path(made(FILES), path, store(FILES))[:2] == (expected, how)


@pytest.mark.parametrize(
    ("ignoring", "path", "expected"),
    [
        ("*.conf.py\n", "/app/g.conf.py", None),
        ("*.conf.py\n!g.conf.py\n", "/app/g.conf.py", "g.conf.py"),
        ("pkg\n", "/app/pkg/m.py", None),
        ("*\n!pkg/**\n", "/app/pkg/m.py", "pkg/m.py"),
        ("*.py\n", "/app/pkg/m.py", "pkg/m.py"),
        ("**/*.py\n", "/app/pkg/m.py", None),
    ],
)
def test_what_dockerignore_leaves_out_is_not_copied(ignoring: str, path: str, expected: str | None) -> None:
    """Docker's documentation: patterns count from the root of the context, and the last one that fits decides."""
    files = {
        MAIN: compose(""), "Dockerfile": "FROM x\nWORKDIR /app\nCOPY . .\n", ".dockerignore": ignoring,
        "g.conf.py": "", "pkg/m.py": "",
    }  # fmt: skip
    assert repository_path(made(files), path, store(files)).path == expected


def test_what_dockerignore_leaves_out_may_be_mounted() -> None:
    files = {
        MAIN: compose("volumes: ['./g.py:/app/g.py']"), "Dockerfile": "FROM x\nWORKDIR /app\nCOPY . .\n",
        ".dockerignore": "g.py\n", "g.py": "",
    }  # fmt: skip
    assert repository_path(made(files), "/app/g.py", store(files))[:2] == ("g.py", "mount")


def test_an_image_from_elsewhere_may_hold_anything() -> None:
    assert repository_path(made(FILES, "b"), "/x", store(FILES)).how == "unknown"
    assert repository_path(made(FILES, "b"), "/etc/app/app.yaml", store(FILES)).path == "conf/app.yaml"


def test_stages_that_copy_from_each_other_over_and_over_come_to_an_end() -> None:
    stages = [f"FROM x AS s{number}\n" + f"COPY --from=s{number - 1} /a /a\n" * 9 for number in range(1, 12)]
    files = {MAIN: compose(""), "Dockerfile": "FROM x AS s0\n" + "".join(stages)}
    assert repository_path(made(files), "/a/x", store(files))[:2] == (None, "unknown")


def started(files: Mapping[str, str], name: str = "a") -> Start:
    return start(made(files, name), store(files))


def lines(found: Start) -> list[str]:
    return [" ".join([str(one.program), *map(str, one.args)]) for one in found.invocations]


def compose(service: str) -> str:
    return f"services:\n  a:\n    build: .\n    {service}\n"


@pytest.mark.parametrize(
    ("service", "dockerfile", "expected"),
    [
        ("", 'CMD ["a", "b"]', ["a b"]),
        ("", "CMD a b && c", ["a b", "c"]),
        ("", 'ENTRYPOINT ["e", "x"]\nCMD ["a"]', ["e x a"]),
        ("", 'ENTRYPOINT ["python", "-m", "uvicorn"]\nCMD ["m:app", "--workers", "4"]', ["uvicorn m:app --workers 4"]),
        ("", "ENTRYPOINT e x\nCMD a", ["e x"]),
        ("", 'ENTRYPOINT ["e"]\nCMD a b', ["e /bin/sh -c a b"]),
        ("", 'ENTRYPOINT ["tini", "--"]\nCMD a b', ["a b"]),
        ("command: c d", 'CMD ["a"]', ["c d"]),
        ("command: c d", 'ENTRYPOINT ["e"]\nCMD ["a"]', ["e c d"]),
        ("entrypoint: c", 'ENTRYPOINT ["e"]\nCMD ["a"]', ["c"]),
        ("entrypoint: [c, d]\n    command: x y", 'ENTRYPOINT ["e"]\nCMD ["a"]', ["c d x y"]),
        ("entrypoint: ''", 'ENTRYPOINT ["e"]\nCMD ["a"]', []),
        ("entrypoint: ''\n    command: x", 'ENTRYPOINT ["e"]\nCMD ["a"]', ["x"]),
        ("command: []", 'ENTRYPOINT ["e"]\nCMD ["a"]', ["e"]),
        ("entrypoint: [sh, -c]\n    command: ['a && b']", "", ["a", "b"]),
        ("command: \"sh -c 'a && exec b'\"", "", ["a", "b"]),
        ("command: >-\n      gunicorn\n      -w 2\n      app:app", "", ["gunicorn -w 2 app:app"]),
        ('command: bash -c "a $$W"\n    environment: [W=5]', "", ["a 5"]),
        ("command: a ${W:-2}", "", ["a 2"]),
        ("command: a $$W\n    environment: [W=5]", "", ["a $W"]),
    ],
)
def test_what_is_started(service: str, dockerfile: str, expected: list[str]) -> None:
    assert lines(started({MAIN: compose(service), "Dockerfile": f"FROM x\n{dockerfile}\n"})) == expected


@pytest.mark.parametrize(
    ("service", "dockerfile", "reason"),
    [
        ("image: x", None, "the image x is not built here"),
        ("build: .", None, "the image's Dockerfile cannot be read"),
        ("build: {context: ., target: gone}", "FROM python:3 AS base\nCMD a", "the Dockerfile has no stage gone"),
        ("build: .", "FROM python:3\nRUN x", "the base image python:3 decides what starts"),
        ("{image: x, command: --config /x}", None, "the image x is not built here"),
        ("{build: ., command: --dev}", "FROM livekit/server", "the base image livekit/server decides what starts"),
        ("{build: ., entrypoint: []}", "FROM x", "no command is given"),
    ],
)
def test_what_cannot_be_told(service: str, dockerfile: str | None, reason: str) -> None:
    body = service if service.startswith("{") else f"{{{service}}}"
    files = {MAIN: f"services: {{a: {body}}}"}
    if dockerfile is not None:
        files["Dockerfile"] = dockerfile
    assert said(started(files).unknown) == reason


def test_a_command_on_an_image_from_elsewhere_is_believed() -> None:
    found = started({MAIN: "services: {a: {image: x, command: [gunicorn, a]}}"})
    assert (lines(found), found.unknown) == (["gunicorn a"], None)


def test_an_image_may_be_built_by_another_service() -> None:
    files = {
        MAIN: "services: {web: {image: app, build: ./app}, a: {image: app, command: celery}, c: {image: app}}",
        "app/Dockerfile": "FROM x\nENV A=1\nCMD web",
    }
    assert lines(started(files, "c")) == ["web"]
    assert values(made(files, "c")) == {"A": "1"}


SCRIPTED = {
    MAIN: compose("command: gunicorn -w $${W} app:app"),
    "Dockerfile": 'FROM x\nENV W=3\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./start.sh", "-v"]\nCMD ["x"]\n',
    "start.sh": '#!/bin/sh\nset -e\nif [ -n "$MIGRATE" ]; then\n  python manage.py migrate\nfi\ncd src\nexec "$@"\n',
}


def test_a_start_script_is_followed_to_the_command_that_it_is_given() -> None:
    found = started({**SCRIPTED, "Dockerfile": SCRIPTED["Dockerfile"].replace(', "-v"', "")})
    assert lines(found) == ["python manage.py migrate", "gunicorn -w ${W} app:app"]
    assert [one.conditional for one in found.invocations] == [True, False]
    assert found.invocations[1].directory == "src"
    slot = found.invocations[1].slot
    assert slot is not None
    assert slot.place.path == MAIN


def test_scripts_are_found_by_how_they_are_named() -> None:
    for command, script in (
        ("sh start.sh", "start.sh"),
        ("/app/start.sh", "start.sh"),
        ("bash -e ./bin/run", "bin/run"),
        ("boot", "boot"),
    ):
        files = {
            MAIN: compose(f"command: {command}"),
            "Dockerfile": "FROM x\nWORKDIR /app\nCOPY . .\nCOPY boot /usr/local/bin/boot\n",
            script: "#!/usr/bin/env bash\nexec gunicorn -w 2 a\n",
        }
        assert lines(started(files)) == ["gunicorn -w 2 a"], command


def test_a_script_that_is_mounted_lies_over_the_one_in_the_image() -> None:
    files = {
        MAIN: compose("command: ./start.sh\n    volumes: ['./dev.sh:/app/start.sh']"),
        "Dockerfile": "FROM x\nWORKDIR /app\nCOPY . .\n",
        "start.sh": "#!/bin/sh\na\n",
        "dev.sh": "#!/bin/sh\nb\n",
    }
    assert lines(started(files)) == ["b"]


@pytest.mark.parametrize("content", ["./start.sh\n", "exec sh ./start.sh\n", 'exec "$0"\n'])
def test_a_script_that_starts_itself_comes_to_an_end(content: str) -> None:
    files = {
        MAIN: compose("command: ./start.sh"),
        "Dockerfile": "FROM x\nCOPY . /\n",
        "start.sh": f"#!/bin/sh\n{content}",
    }
    assert len(started(files).invocations) == 1


def test_an_entry_point_from_elsewhere_is_taken_to_run_its_arguments() -> None:
    files = {MAIN: compose(""), "Dockerfile": 'FROM x\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["gunicorn", "a"]\n'}
    assert lines(started(files)) == ["gunicorn a"]


def test_a_process_manager_starts_what_its_file_names() -> None:
    files = {
        MAIN: compose(""),
        "Dockerfile": "FROM x\nCOPY sv.conf /etc/sv.conf\nCMD supervisord -n -c /etc/sv.conf\n",
        "sv.conf": "[program:web]\ncommand=gunicorn -w 5 a\n[program:w]\ncommand=celery\n",
    }
    assert lines(started(files)) == ["gunicorn -w 5 a", "celery"]
    files = {
        MAIN: compose(""),
        "Dockerfile": "FROM x\nCOPY . .\nCMD honcho start\n",
        "Procfile": "web: gunicorn -w 5 a\n",
    }
    assert lines(started(files)) == ["gunicorn -w 5 a"]


def test_commands_that_are_replaced_are_kept() -> None:
    files = {
        MAIN: compose("command: gunicorn -w 1 a"),
        "compose.override.yml": "services: {a: {command: gunicorn -w 2 a}}",
        "Dockerfile": "FROM x\nCMD gunicorn -w 3 a\n",
    }
    found = started(files)
    assert lines(found) == ["gunicorn -w 2 a"]
    assert [one.args[1].raw for one in found.replaced] == ["1", "3"]


def slot_text(files: Mapping[str, str]) -> str:
    """The line in which an argument would be added, with a mark where."""
    (one,) = started(files).invocations
    assert one.slot is not None
    content = files[one.slot.place.path]
    literal = one.slot.literal("--workers")
    assert literal.place == Place(one.slot.place.path, one.slot.place.start, one.slot.place.start)
    value = '"3"' if one.slot.quote else "3"
    changed = content[: literal.place.start] + literal.before + value + literal.after + content[literal.place.end :]
    again = start(made({**files, one.slot.place.path: changed}), store({**files, one.slot.place.path: changed}))
    assert lines(again) == [f"{lines(started(files))[0]} --workers 3"]
    return changed


def test_an_item_that_is_added_leaves_the_comment_where_it_is() -> None:
    written = compose("command:\n      - gunicorn\n      - a  # the application\n    ports: []")
    changed = slot_text({MAIN: written, "Dockerfile": "FROM x"})
    assert '- a  # the application\n      - "--workers"\n      - "3"\n    ports' in changed


@pytest.mark.parametrize(
    ("service", "dockerfile"),
    [
        ("command: gunicorn a", ""),
        ("command: 'gunicorn a'  # comment", ""),
        ("command: [gunicorn, a]", ""),
        ('command: ["gunicorn", "a"]', ""),
        ("command:\n      - gunicorn\n      - 'a'  # comment\n", ""),
        ("command:\n    - gunicorn\n    - a\n    ports: []", ""),
        ("command:\r\n    - gunicorn\r\n    - a # x\r\n    ports: []", ""),
        ("command:\n    - gunicorn\n    - >-\n      a\n    ports: []", ""),
        ("command: >\n      gunicorn\n      a\n    ports: []", ""),
        ("command: sh -c 'exec gunicorn a'", ""),
        ("command: [sh, -c, 'exec gunicorn a']", ""),
        ("", 'CMD ["gunicorn", "a"]'),
        ("", 'CMD ["gunicorn", \\\n  "a"]'),
        ("", "CMD gunicorn a"),
        ("", "CMD exec gunicorn \\\n  a"),
        ("", 'CMD ["sh", "-c", "gunicorn a"]'),
        ("", 'ENTRYPOINT ["gunicorn"]\nCMD ["a"]'),
    ],
)
def test_an_argument_added_is_read_back(service: str, dockerfile: str) -> None:
    slot_text({MAIN: compose(service), "Dockerfile": f"FROM x\n{dockerfile}\nUSER x\n"})


ATTRIBUTES = [
    "command: gunicorn $${W} a", "command: [sh, -c, 'exec \"$@\" && ${X}']", "command: ./start.sh x", "command: ''",
    "entrypoint: [./start.sh]", "entrypoint: ['']", "entrypoint: sh", "working_dir: ${X}", "working_dir: /w",
    "volumes: ['./:/app', /app/x]", "environment: [W, X=1]", "env_file: [a.env, ../b.env, '${X}']", "build: ${X}",
    "build: {context: ., target: none}", "build: {dockerfile_inline: FROM y}", "image: ${X}",
]  # fmt: skip
LINES = ['CMD ["a"]', "CMD", "ENTRYPOINT [", "ENTRYPOINT ./start.sh", "WORKDIR $X", "COPY . .", "COPY --from=0 / /",
         "ENV X=$X", "FROM y AS z", "COPY a* [b] /", "HEALTHCHECK CMD", "ARG W"]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(ATTRIBUTES), max_size=5), st.lists(st.sampled_from(LINES), max_size=5))
def test_any_service_is_followed_as_far_as_it_goes(attributes: list[str], dockerfile: list[str]) -> None:
    unique = {attribute.partition(":")[0]: attribute for attribute in ["build: .", *attributes]}
    files = {
        MAIN: "services:\n  a:\n" + "".join(f"    {attribute}\n" for attribute in unique.values()),
        "Dockerfile": "\n".join(["FROM x", *dockerfile]),
        "start.sh": '#!/bin/sh\nexec $1 "$@" || ${X:-./start.sh}\n',
        "a.env": "W=${X}\nX=${W}\n",
    }
    found = started(files)
    assert found.unknown or found.invocations
    for one in found.invocations:
        for place in one.program.places:
            assert files[place.path][place.start : place.end] or place.start == place.end
