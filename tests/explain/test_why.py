"""Why a value is what it is: what each service uses, which place decides, and which ones lost."""

from collections.abc import Iterable, Mapping

import pytest
from trees import settings

from configlint.engine.reasons import said
from configlint.explain.why import Answer, Entry, Part, addresses, why
from configlint.explain.why.unknown import suggestions
from configlint.model.cell import Cell, PathPattern
from configlint.model.database import Tables
from configlint.model.document import Lines
from configlint.model.memory_tree import MemoryTree
from configlint.model.selector import Selector
from configlint.model.tables import HostName, Route
from configlint.model.text import Place, Text, mask
from configlint.resolve import resolve
from configlint.rules.errors import InputError

SECRET = "made-up-secret-of-the-server-0001"
OLD = "made-up-secret-that-is-old-0002"


def ask(
    files: Mapping[str, str],
    key: str,
    *,
    configuration: str = "",
    ignored: Iterable[str] = (),
    marks: Iterable[str] = (),
) -> Answer:
    """The answer to a question; `marks` are names in `.env` that a rule calls secret."""
    tree = MemoryTree(files, ignored)
    return why(
        resolve(
            tree, settings(configuration, tree), [Selector(file=".env", key=(name,), secret=True) for name in marks]
        ),
        key,
    )


def where(answer: Answer, part: Part) -> str:
    if part.place is None:
        return part.by
    return f"{part.place.path}:{Lines(answer.contents[part.place.path]).position(part.place.start).line}"


def chain(answer: Answer, entry: Entry) -> list[tuple[str, str]]:
    """(role, path:line) of every place of an entry, in its order."""
    return [(part.role, where(answer, part)) for part in entry.parts]


def only(answer: Answer) -> Entry:
    (entry,) = answer.entries
    return entry


def by_service(answer: Answer) -> dict[str, Entry]:
    return {entry.service: entry for entry in answer.entries if entry.service}


SERVED = {
    "docker-compose.yml": (
        "services:\n"
        "  api:\n"
        "    build: .\n"
        "    command: gunicorn -c gunicorn.conf.py --workers 1 app:app\n"
        "    environment: [WEB_CONCURRENCY=5]\n"
    ),
    "Dockerfile": 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "--workers", "4", "app:app"]\n',
    "gunicorn.conf.py": "workers = 3\n",
}


class TestWorkers:
    def test_the_whole_chain_stands_in_the_order_of_its_say(self) -> None:
        answer = ask(SERVED, "api.workers", configuration="workers: {api: 3}\n")
        entry = only(answer)
        assert str(entry.uses) == "1"
        assert chain(answer, entry) == [
            ("decides", "docker-compose.yml:4"),
            ("overridden", "gunicorn.conf.py:1"),
            ("overridden", "docker-compose.yml:5"),
            ("overridden", "Dockerfile:4"),
            ("default", "gunicorn"),
            ("expected", ".configlint.yaml:1"),
        ]
        assert [str(part.text) for part in entry.parts] == ["1", "3", "5", "4", "1", "3"]

    @pytest.mark.parametrize("key", ["workers", "default/api.workers", "api.workers"])
    def test_the_stack_and_the_service_may_be_left_out(self, key: str) -> None:
        assert only(ask(SERVED, key)).service == "api"

    @pytest.mark.parametrize(
        ("upper", "lower", "uses", "where"),
        [
            ("WEB_CONCURRENCY=2", "WEB_CONCURRENCY=4", "2", "b.env:1"),
            ("GUNICORN_CMD_ARGS=-w 2", "GUNICORN_CMD_ARGS=-w 4", "2", "b.env:1"),
            ("GUNICORN_CMD_ARGS=", "GUNICORN_CMD_ARGS=-w 4", "1", "compose.yaml:4"),
        ],
    )
    def test_a_lower_layer_of_the_environment_has_no_effect(
        self, upper: str, lower: str, uses: str, where: str
    ) -> None:
        compose = "services:\n  api:\n    image: a\n    command: gunicorn app:app\n    env_file: [a.env, b.env]\n"
        answer = ask({"compose.yaml": compose, "a.env": f"{lower}\n", "b.env": f"{upper}\n"}, "api.workers")
        assert str(only(answer).uses) == uses
        assert chain(answer, only(answer))[:2] == [("decides", where), ("overridden", "a.env:1")]

    def test_a_server_that_the_code_starts(self) -> None:
        files = {
            "compose.yaml": "services:\n  api: {build: .}\n",
            "Dockerfile": 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n',
            "main.py": "import uvicorn\nuvicorn.run('main:app', workers=2)\n",
        }
        for key in ("api.workers", "workers"):
            answer = ask(files, key)
            assert str(only(answer).uses) == "2"
            assert chain(answer, only(answer)) == [("decides", "main.py:2"), ("default", "uvicorn")]

    def test_where_nothing_sets_it_the_default_decides(self) -> None:
        files = {"compose.yaml": "services:\n  api:\n    image: a\n    command: [gunicorn, 'app:app']\n"}
        answer = ask(files, "api.workers")
        entry = only(answer)
        assert (str(entry.uses), chain(answer, entry)) == ("1", [("decides", "compose.yaml:4")])
        assert entry.parts[0].by == "gunicorn's default"

    def test_a_service_without_a_server_has_no_number(self) -> None:
        files = {"compose.yaml": "services:\n  db: {image: 'postgres:16'}\n"}
        entry = only(ask(files, "db.workers"))
        assert entry.uses.null
        assert "postgres:16" in entry.note

    def test_a_reference_passes_the_number_on(self) -> None:
        compose = "services:\n  api:\n    image: a\n    command: gunicorn -w ${W:-2} app:app\n"
        answer = ask({"compose.yaml": compose, ".env": "W=4\n"}, "api.workers")
        assert str(only(answer).uses) == "4"
        assert chain(answer, only(answer))[:2] == [("decides", ".env:1"), ("passes", "compose.yaml:4")]

    def test_a_number_that_is_not_known_hides_none_that_is(self) -> None:
        compose = "services:\n  api:\n    image: a\n    command: gunicorn -w ${W} app:app\n    env_file: .env\n"
        answer = ask({"compose.yaml": compose}, "api.workers", ignored=[".env"])
        assert only(answer).uses.unknown
        assert ".env" in said(only(answer).uses.text.reason)

    def test_a_server_without_compose(self) -> None:
        files = {"Procfile": "web: gunicorn -c conf.py -w 2 app:app\n", "conf.py": "workers = 4\n"}
        answer = ask(files, "Procfile.workers")
        assert chain(answer, only(answer)) == [
            ("decides", "Procfile:1"),
            ("overridden", "conf.py:1"),
            ("default", "gunicorn"),
        ]


class TestCommands:
    def test_compose_over_the_image(self) -> None:
        answer = ask(SERVED, "api.command")
        entry = only(answer)
        assert str(entry.uses) == "gunicorn -c gunicorn.conf.py --workers 1 app:app"
        assert chain(answer, entry) == [("decides", "docker-compose.yml:4"), ("overridden", "Dockerfile:4")]

    def test_entry_point_and_command_and_the_script_that_they_run(self) -> None:
        files = {
            "compose.yaml": "services:\n  api: {build: .}\n",
            "Dockerfile": 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./run.sh"]\nCMD ["web"]\n',
            "run.sh": "#!/bin/sh\nexec gunicorn app:app\n",
        }
        answer = ask(files, "api.command")
        assert str(only(answer).uses) == "./run.sh web"
        assert chain(answer, only(answer)) == [
            ("decides", "Dockerfile:4"),
            ("decides", "Dockerfile:5"),
            ("starts", "run.sh:2"),
        ]

    def test_an_image_that_is_not_built_here_decides(self) -> None:
        entry = only(ask({"compose.yaml": "services:\n  db: {image: 'postgres:16'}\n"}, "db.command"))
        assert entry.uses.null
        assert "postgres:16" in entry.note

    @pytest.mark.parametrize(
        "command",
        [
            f'["redis-server", "--requirepass", "{SECRET}"]',
            f"redis-server --requirepass {SECRET}",
            f'["sh", "-c", "exec redis-server --requirepass={SECRET}"]',
        ],
    )
    def test_a_secret_option_is_masked(self, command: str) -> None:
        answer = ask({"compose.yaml": f"services:\n  cache:\n    image: r\n    command: {command}\n"}, "cache.command")
        assert mask(SECRET) in str(only(answer).uses)
        assert SECRET not in " ".join(str(part.text) for part in only(answer).parts)
        (hidden,) = answer.secrets["compose.yaml"]
        assert answer.contents["compose.yaml"][hidden.start : hidden.end] == SECRET


LAYERED = {
    "docker-compose.yml": (
        "services:\n"
        "  api:\n"
        "    build: .\n"
        "    env_file: [.env, more.env]\n"
        "    environment:\n"
        "      - LEVEL=${LEVEL}\n"
        "      - NAMED\n"
        "  worker:\n"
        "    image: w\n"
        "    environment: {LEVEL: warning}\n"
    ),
    "Dockerfile": "FROM python:3.12\nENV LEVEL=error\nCOPY main.py /app/\n",
    "main.py": 'import os\nLEVEL = os.getenv("LEVEL", "debug")\nPACE = os.environ.get("PACE", "slow")\n',
    ".env": "LEVEL=info\nLEVEL=trace\n",
    "more.env": "LEVEL=notice\n",
    ".env.example": "LEVEL=info\n",
}


class TestVariables:
    def test_the_layers_of_a_container(self) -> None:
        answer = ask(LAYERED, "LEVEL")
        api = by_service(answer)["api"]
        assert str(api.uses) == "trace"
        assert chain(answer, api) == [
            ("decides", ".env:2"),
            ("passes", "docker-compose.yml:6"),
            ("overridden", "more.env:1"),
            ("overridden", ".env:1"),
            ("overridden", "Dockerfile:2"),
            ("reads", "main.py:2"),
        ]
        assert [part.by for part in api.parts if part.role == "overridden"] == [
            "env_file",
            "env_file",
            "ENV of the image",
        ]

    def test_every_service_has_its_own(self) -> None:
        answer = ask(LAYERED, "LEVEL")
        worker = by_service(answer)["worker"]
        assert (str(worker.uses), chain(answer, worker)) == ("warning", [("decides", "docker-compose.yml:10")])

    def test_of_one_service(self) -> None:
        assert by_service(ask(LAYERED, "worker.LEVEL")).keys() == {"worker"}

    def test_what_no_service_takes_is_told_apart(self) -> None:
        answer = ask(LAYERED, "LEVEL")
        rest = answer.entries[-1]
        assert (rest.kind, rest.note, chain(answer, rest)) == ("written", "elsewhere", [("template", ".env.example:1")])

    def test_a_value_that_nobody_takes(self) -> None:
        answer = ask({**LAYERED, "old/.env": "# old\nUNUSED=1\n"}, "UNUSED")
        assert (only(answer).kind, only(answer).note) == ("written", "")
        assert chain(answer, only(answer)) == [("written", "old/.env:2")]

    def test_a_name_that_nothing_gives_a_value(self) -> None:
        entry = only(ask(LAYERED, "NAMED"))
        assert entry.uses.null
        assert "nothing gives it a value" in entry.note

    def test_the_default_in_the_code_where_nothing_sets_it(self) -> None:
        answer = ask(LAYERED, "PACE")
        assert str(only(answer).uses) == "slow"
        assert chain(answer, only(answer)) == [("decides", "main.py:3")]

    def test_none_in_the_code_is_no_default(self) -> None:
        code = 'import os\nA = os.getenv("PLACE", None)\nB = os.getenv("WORD", "None")\n'
        files = {"compose.yaml": "services:\n  api: {build: .}\n", "Dockerfile": "FROM p\nCOPY . .\n", "main.py": code}
        assert only(ask(files, "PLACE")).uses.null
        assert str(only(ask(files, "WORD")).uses) == "None"

    def test_what_compose_fills_in(self) -> None:
        files = {"compose.yaml": "services:\n  db: {image: 'd:${TAG:-16}'}\n"}
        entry = only(ask(files, "TAG"))
        assert (entry.kind, str(entry.uses), entry.uses.text.depends) == ("filling", "16", ("TAG",))
        filled = only(ask({**files, ".env": "TAG=17\n"}, "TAG"))
        assert (str(filled.uses), filled.uses.text.depends) == ("17", ())
        assert [part.role for part in filled.parts] == ["decides", "fills"]

    def test_a_file_that_is_not_here_may_set_it(self) -> None:
        files = {
            "compose.yaml": "services:\n  api: {image: a, env_file: .env}\n",
            ".env.example": "TOKEN_URL=\n",
        }
        for key in ("TOKEN_URL", "api.TOKEN_URL"):
            answer = ask(files, key, ignored=[".env"])
            assert by_service(answer)["api"].note == ".env, which is missing, may set it"

    def test_a_value_of_several_pieces(self) -> None:
        files = {
            "compose.yaml": "services:\n  api:\n    image: a\n    environment: ['URL=ws://${HOST}:7880/x']\n",
            ".env": "HOST=livekit\n",
        }
        answer = ask(files, "URL")
        assert str(only(answer).uses) == "ws://livekit:7880/x"
        assert chain(answer, only(answer)) == [("decides", "compose.yaml:4"), ("part", ".env:1")]


PAIR = {
    "docker-compose.yml": (
        "services:\n"
        "  livekit:\n"
        "    image: livekit/livekit-server:v1.9\n"
        "    command: --config /livekit.yaml\n"
        "    volumes: ['./livekit.yaml:/livekit.yaml']\n"
        "  agent:\n"
        "    image: agent\n"
        "    environment:\n"
        "      LIVEKIT_API_KEY: devkey\n"
        f"      LIVEKIT_API_SECRET: {OLD}\n"
        "  api: {image: api, env_file: .env}\n"
    ),
    ".env": f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET={SECRET}\n",
    "livekit.yaml": f"keys: {{devkey: {SECRET}}}\n",
}


class TestSecrets:
    def test_equal_secrets_are_of_one_group(self) -> None:
        answer = ask(PAIR, "LIVEKIT_API_SECRET")
        groups = {entry.service: entry.group for entry in answer.entries}
        assert groups == {"agent": "A", "api": "B", "livekit": "B"}

    def test_the_name_of_a_pair_is_no_secret(self) -> None:
        answer = ask(PAIR, "LIVEKIT_API_KEY")
        assert {str(entry.uses) for entry in answer.entries} == {"devkey"}
        assert {entry.group for entry in answer.entries} == {""}

    def test_a_default_that_compose_fills_in_is_compared_too(self) -> None:
        compose = (
            "services:\n"
            "  db: {image: d, environment: ['DB_PASSWORD=${DB_PASSWORD:-SECRET}']}\n"
            "  api: {image: a, environment: ['URL=postgres://u:${DB_PASSWORD:-SECRET}@db:5432/x']}\n"
        )
        answer = ask({"compose.yaml": compose.replace("SECRET", OLD)}, "DB_PASSWORD")
        assert [(entry.kind, entry.group) for entry in answer.entries] == [("variable", "A"), ("filling", "A")]

    def test_a_single_secret_has_no_group(self) -> None:
        entry = only(ask({".env": f"DB_PASSWORD={SECRET}\n"}, "DB_PASSWORD"))
        assert entry.group == entry.parts[0].group == ""

    def test_many_groups_have_many_names(self) -> None:
        answer = ask({f"a{number:02}/.env": f"API_TOKEN=made-up-{number}\n" for number in range(60)}, "API_TOKEN")
        assert len({part.group for part in only(answer).parts}) == 60

    def test_a_value_that_a_rule_of_the_user_s_calls_secret(self) -> None:
        compose = "services:\n  db:\n    image: d\n    environment: ['NAME=db-${PLAIN}-x']\n"
        files = {"compose.yaml": compose, ".env": "PLAIN=made-up-plain\n"}
        assert str(only(ask(files, "NAME")).uses) == "db-made-up-plain-x"
        answer = ask(files, "NAME", marks=["PLAIN"])
        assert str(only(answer).uses) == "db-<secret, under 32 characters>-x"

    def test_of_a_url_the_password_alone_is_hidden(self) -> None:
        compose = "services:\n  api:\n    image: a\n    environment: ['DB=postgres://u:${DB_PASSWORD}@db:5432/x']\n"
        answer = ask({"compose.yaml": compose, ".env": f"DB_PASSWORD={SECRET}\n"}, "DB")
        assert str(only(answer).uses) == f"postgres://u:<secret, {len(SECRET)} characters>@db:5432/x"


NETWORK = {
    "docker-compose.yml": (
        "services:\n"
        "  api:\n"
        "    image: a\n"
        "    command: gunicorn -b 0.0.0.0:8000 app:app\n"
        "    ports: ['8780:8000']\n"
        "  web:\n"
        "    image: w\n"
        "    environment: ['API_URL=http://api:8000/users/7', 'OTHER=http://api:8001']\n"
    ),
    "app/pubspec.yaml": "name: app\ndependencies: {flutter: {sdk: flutter}}\n",
    "app/lib/c.dart": "class C {\n  static const String url = 'http://192.168.1.44:8780';\n}\n",
}


def roles(answer: Answer) -> list[tuple[str, str, str]]:
    return [(part.role, part.service, where(answer, part)) for part in only(answer).parts]


class TestAddresses:
    @pytest.mark.parametrize("key", ["8780", ":8780", "8780/tcp"])
    def test_a_published_port(self, key: str) -> None:
        assert roles(ask(NETWORK, key)) == [
            ("publishes", "api", "docker-compose.yml:5"),
            ("calls", "app", "app/lib/c.dart:2"),
        ]

    def test_a_range_of_ports(self) -> None:
        assert roles(ask(NETWORK, "8700-8800")) == roles(ask(NETWORK, "8780"))

    def test_a_port_in_the_network(self) -> None:
        assert roles(ask(NETWORK, "8000")) == [
            ("publishes", "api", "docker-compose.yml:5"),
            ("listens", "api", "docker-compose.yml:4"),
            ("calls", "web", "docker-compose.yml:8"),
        ]

    @pytest.mark.parametrize("key", ["http://api:8000/users/7", "api:8000/users/7", "http://API:8000"])
    def test_a_url(self, key: str) -> None:
        assert roles(ask(NETWORK, key)) == [
            ("listens", "api", "docker-compose.yml:4"),
            ("calls", "web", "docker-compose.yml:8"),
        ]

    def test_another_path_is_called_by_nobody(self) -> None:
        assert roles(ask(NETWORK, "http://api:8000/rooms")) == [("listens", "api", "docker-compose.yml:4")]

    @pytest.mark.parametrize("key", ["/users/1", "http://api:8000/users/8?page=2"])
    def test_a_route_serves_it(self, key: str) -> None:
        at = Text.exactly("/users/{number}", Place("api/app.py", 5, 20))
        path = Cell(value=PathPattern((("users",), ("", ""))), text=at)
        name = Cell(value="api", text=Text.assumed("api"))
        rows = (
            HostName(stack="default", at=at, service="api", name=name),
            Route(stack="default", at=at, service="api", path=path, method="GET"),
            Route(stack="default", at=at, service="api", path=Cell(value=PathPattern((("rooms",),)), text=at)),
        )
        wanted = addresses.address(key)
        assert wanted is not None
        (entry,) = addresses.of_url(Tables(rows), key, wanted)
        assert [(part.role, part.service, part.by) for part in entry.parts] == [("serves", "api", "GET")]

    def test_a_path(self) -> None:
        assert roles(ask(NETWORK, "/users/7")) == [("calls", "web", "docker-compose.yml:8")]

    def test_where_nobody_listens_it_says_where_they_do(self) -> None:
        listens, calls = only(ask(NETWORK, "api:8001")).parts
        assert (listens.role, listens.note) == ("listens", "on 8000, not on 8001")
        assert (calls.role, calls.by) == ("calls", "OTHER")

    def test_from_outside_the_published_port_counts(self) -> None:
        assert roles(ask(NETWORK, "http://192.168.1.44:8780")) == [
            ("publishes", "api", "docker-compose.yml:5"),
            ("calls", "app", "app/lib/c.dart:2"),
        ]

    def test_a_name_in_the_code_of_an_app(self) -> None:
        for key in ("C.url", "url"):
            assert str(only(ask(NETWORK, key)).uses) == "http://192.168.1.44:8780"


class TestOtherKeys:
    def test_a_dotted_key_and_the_end_of_one(self) -> None:
        files = {"livekit.yaml": "rtc: {tcp_port: 7881}\n", "other.yaml": "deep: {rtc: {tcp_port: 1}}\ntcp_port: 2\n"}
        assert [entry.name for entry in ask(files, "rtc.tcp_port").entries] == ["rtc.tcp_port"]
        assert [str(entry.uses) for entry in ask(files, "deep.rtc.tcp_port").entries] == ["1"]
        assert [str(entry.uses) for entry in ask(files, "tcp_port").entries] == ["2"]

    def test_a_service_alone(self) -> None:
        assert [entry.kind for entry in ask(SERVED, "api").entries] == ["command", "workers"]

    @pytest.mark.parametrize(
        ("key", "near"),
        [
            ("api.workrs", "did you mean 'api.workers'?"),
            ("LEVLE", "did you mean 'LEVEL'?"),
            ("level", "did you mean 'LEVEL'"),
            ("nothing-like-it", "is called 'nothing-like-it'"),
            ("81", "(known: 8000, 8780)"),
            ("nothing", "is called 'nothing'"),
            ("urlBase", "did you mean 'url'"),
            ("api.LEVLE", "nothing is known of 'LEVLE' in service api"),
            ("web.LEVLE", "did you mean 'web.LEVEL'?; its image w is not built here, and may set it"),
            ("http://ap:8000/users/7", "did you mean 'http://api:8000/users/7'?"),
        ],
    )
    def test_an_unknown_key_is_told_its_neighbours(self, key: str, near: str) -> None:
        files = {
            **NETWORK,
            "docker-compose.yml": NETWORK["docker-compose.yml"].replace("OTHER=http://api:8001", "LEVEL=1"),
        }
        with pytest.raises(InputError) as error:
            ask(files, key)
        assert near in str(error.value)

    @pytest.mark.parametrize("key", ["", ".", "..", "/", "://", "*", "99999", ":", "a" * 5000, "\x00", "${X}", "☃"])
    def test_nothing_that_is_asked_breaks_it(self, key: str) -> None:
        with pytest.raises(InputError):
            ask({**SERVED, **PAIR}, key)

    def test_whatever_is_suggested_has_an_answer(self) -> None:
        stacks = {"one": LAYERED, "two": PAIR, "three": NETWORK}
        tree = MemoryTree({f"{where}/{path}": text for where, files in stacks.items() for path, text in files.items()})
        resolution = resolve(tree, settings("", tree), ())
        names = set(suggestions(resolution))
        assert {"api.workers", "worker.LEVEL", "LEVEL", "C.url", "LIVEKIT_API_SECRET"} <= names
        for name in names:
            assert why(resolution, name).entries, name
