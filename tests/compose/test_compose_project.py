"""Compose projects: files laid over each other, included and extended, with their variables filled in."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configlint.compose.model import Project, Service, Words
from configlint.compose.project import project
from configlint.engine.reasons import said
from configlint.model.memory_tree import MemoryTree
from configlint.model.text import Text
from configlint.workspace.documents import DocumentStore

MAIN = "docker-compose.yml"


def loaded(files: Mapping[str, str], main: str = MAIN, *overlays: str, ignored: tuple[str, ...] = ()) -> Project:
    return project(main, DocumentStore(MemoryTree(files, ignored)), overlays or None)


def one(compose: str, **others: str) -> Service:
    return loaded({MAIN: compose, **others}).services["a"]


def over(base: str, higher: str) -> Service:
    """The service `a` of two files laid over each other; both are given by its attributes."""
    files = {MAIN: f"services:\n  a:\n{indented(base)}", "compose.override.yml": f"services:\n  a:\n{indented(higher)}"}
    return loaded(files).services["a"]


def indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


def raws(texts: tuple[Text, ...]) -> list[str]:
    return [text.raw for text in texts]


def words(found: Words | None) -> list[str] | None:
    return None if found is None else raws(found.words)


def environment(service: Service) -> dict[str, str | None]:
    return {name: value.value.value if value.value else None for name, value in service.declared.items()}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[A=1, B=, C]", {"A": "1", "B": "", "C": None}),
        ("{A: 1, B: '', C: , D: null}", {"A": "1", "B": "", "C": None, "D": None}),
        ("['A=b=c: d', 'A=2']", {"A": "2"}),
        ("{A: yes, B: 0x1F, C: 010, D: 1.10}", {"A": "yes", "B": "0x1F", "C": "010", "D": "1.10"}),
        ("[]", {}),
        ("~", {}),
        ("text", {}),
    ],
)
def test_environment_is_a_list_or_a_map(written: str, expected: dict[str, str | None]) -> None:
    files = {MAIN: f"services: {{a: {{environment: {written}}}}}", ".env": ""}
    assert environment(loaded(files).services["a"]) == expected


@pytest.mark.parametrize(
    ("base", "higher", "expected"),
    [
        ("command: [a, b]", "command: c d", ["c", "d"]),
        ("command: a", "image: x", ["a"]),
        ("command: a", "command: !reset null", None),
        ("command: a", "command:", None),
        ("command: a", "command: !override [b]", ["b"]),
        ("command: a", "command: []", []),
    ],
)
def test_a_command_is_replaced_whole(base: str, higher: str, expected: list[str] | None) -> None:
    assert words(over(base, higher).command) == expected


def test_a_replaced_command_lies_beneath() -> None:
    found = over("command: a", "command: b").command
    assert found is not None
    assert [below.place.path for below in found.node.beneath] == [MAIN]


@pytest.mark.parametrize(
    ("base", "higher", "expected"),
    [
        ("environment: [A=1, B=2]", "environment: {B: 3, C: 4}", {"A": "1", "B": "3", "C": "4"}),
        ("environment: {A: 1}", "environment: [A]", {"A": None}),
        ("environment: {A: 1, B: 2}", "environment: {A: !reset null}", {"B": "2"}),
        ("environment: {A: 1, B: 2}", "environment: !override {C: 3}", {"C": "3"}),
        ("environment: {A: 1}", "environment: !reset {}", {}),
        ("environment: {A: 1}", "environment:", {"A": "1"}),
        ("environment:", "environment: {A: 1}", {"A": "1"}),
    ],
)
def test_environments_are_merged_by_name(base: str, higher: str, expected: dict[str, str | None]) -> None:
    files = {MAIN: f"services:\n  a:\n{indented(base)}", "compose.override.yml": f"services:\n  a:\n{indented(higher)}"}
    assert environment(loaded({**files, ".env": ""}).services["a"]) == expected


@pytest.mark.parametrize(
    ("base", "higher", "expected"),
    [
        ("ports: ['1:1']", "ports: ['2:2']", ["1", "2"]),
        ("ports: ['1:1']", "ports: ['1:1/tcp', '1:1/udp']", ["1", "1"]),
        ("ports: ['1:1']", "ports: ['127.0.0.1:1:1']", ["1", "1"]),
        ("ports: ['1:1']", "ports: []", ["1"]),
        ("ports: ['1:1']", "ports: !reset []", []),
        ("ports: ['1:1']", "ports: !override ['2:2']", ["2"]),
        ("ports: ['1:1', '1:1']", "image: x", ["1"]),
        ("ports: ['1:80']", "ports: [{target: 80, published: 1}]", ["1"]),
    ],
)
def test_ports_are_added_but_for_those_that_are_the_same(base: str, higher: str, expected: list[str]) -> None:
    assert [port.published.text.raw for port in over(base, higher).ports] == expected


def test_one_mount_for_one_target() -> None:
    found = over("volumes: [./a:/x, data:/y]", "volumes: ['./b:/x:ro', {type: tmpfs, target: /z}]").volumes
    assert [(mount.kind, mount.path, mount.target.raw) for mount in found] == [
        ("bind", "b", "/x"),
        ("volume", None, "/y"),
        ("tmpfs", None, "/z"),
    ]


def test_other_attributes() -> None:
    found = over(
        "build: ./x\nnetworks: [n]\ndepends_on: [b]\nenv_file: a.env\nprofiles: [p]\nexpose: [80]\ndns: 1.1.1.1",
        "build: {args: [A=1], target: t}\nnetworks: {m: {aliases: [z]}}\ndepends_on: {c: {condition: x}}\n"
        "env_file: [a.env, {path: b.env, required: false, format: raw}]\nprofiles: [p, q]\nexpose: ['80', 81]",
    )
    assert found.build is not None
    assert (found.build.directory, found.build.path) == ("x", "x/Dockerfile")
    assert {name: text.raw for name, text in found.build.args.items()} == {"A": "1"}
    assert [(one.network, raws(one.aliases)) for one in found.networks] == [("n", []), ("m", ["z"])]
    assert [(one.name.raw, one.condition, one.required) for one in found.depends_on] == [
        ("b", "service_started", True),
        ("c", "x", True),
    ]
    files = [(file.path.raw, file.required, file.raw) for file in found.env_files]
    assert files == [("a.env", True, False), ("b.env", False, True)]
    assert raws(found.profiles) == ["p", "q"]
    assert raws(found.expose) == ["80", "81"]


@pytest.mark.parametrize(
    ("written", "words_", "script", "disabled"),
    [
        ("{test: [CMD, curl, x]}", ["curl", "x"], None, False),
        ("{test: curl x}", [], "curl x", False),
        ("{test: [CMD-SHELL, curl x]}", [], "curl x", False),
        ("{test: [NONE]}", None, None, True),
        ("{disable: true}", None, None, True),
        ("{interval: 5s}", None, None, False),
        ("{}", None, None, False),
    ],
)
def test_health_checks(written: str, words_: list[str] | None, script: str | None, disabled: bool) -> None:
    check = one(f"services: {{a: {{healthcheck: {written}}}}}").healthcheck
    assert check is not None
    assert words(check.test) == words_
    assert (check.test.script.raw if check.test and check.test.script else None) == script
    assert check.disabled is disabled


def test_anchors_merge_keys_and_extensions() -> None:
    compose = """\
x-env: &env {A: "1", B: "2"}
x-base: &base
  restart: always
  environment: *env
services:
  a:
    <<: *base
    environment:
      <<: *env
      B: "3"
"""
    service = one(compose)
    assert environment(service) == {"A": "1", "B": "3"}
    assert service.restart is not None


@pytest.mark.parametrize(
    "content", ["", "# nothing\n", "services:\n", "services: {}\n", "services: []", "x", "- a", "services: {a: }"]
)
def test_files_without_services(content: str) -> None:
    assert loaded({MAIN: content}).services == {}
    assert set(loaded({MAIN: "services: {a: {image: x}}", "compose.override.yml": content}).services) == {"a"}


def test_the_first_override_file_is_taken_unless_others_are_named() -> None:
    files = {
        MAIN: "services: {a: {image: base}}",
        "compose.override.yml": "services: {a: {image: first}}",
        "docker-compose.override.yml": "services: {a: {image: second}}",
        "prod/x.yml": "services: {a: {image: prod, volumes: ['./d:/d']}}",
    }
    assert str(loaded(files).services["a"].image) == "first"
    named = loaded(files, MAIN, "prod/x.yml")
    assert str(named.services["a"].image) == "prod"
    assert named.services["a"].volumes[0].path == "d", "relative paths start at the project's directory"
    assert named.files == (MAIN, "prod/x.yml")


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("COMPOSE_FILE=docker-compose.yml:prod/x.yml", (MAIN, "prod/x.yml")),
        ("COMPOSE_FILE=prod/x.yml", ("prod/x.yml",)),
        ("COMPOSE_FILE=docker-compose.yml;prod/x.yml\nCOMPOSE_PATH_SEPARATOR=;", (MAIN, "prod/x.yml")),
        ("COMPOSE_FILE=docker-compose.yml:none.yml", (MAIN, "compose.override.yml")),
        ("COMPOSE_FILE=", (MAIN, "compose.override.yml")),
    ],
)
def test_the_environment_file_may_name_the_files(listed: str, expected: tuple[str, ...]) -> None:
    text = "services: {a: {image: x}}"
    files = {MAIN: text, "compose.override.yml": text, "prod/x.yml": text, ".env": f"{listed}\nCOMPOSE_PROFILES=a, b\n"}
    found = loaded(files)
    assert (found.files, found.active) == (expected, frozenset({"a", "b"}))
    assert loaded(files, MAIN, "prod/x.yml").files == (MAIN, "prod/x.yml")


INCLUDING = {
    MAIN: """\
include:
  - deploy/base.yml
  - path: [lib/one.yml, lib/two.yml]
    project_directory: .
    env_file: lib/own.env
services:
  a: {image: "${TAG}-${PORT}"}
""",
    ".env": "TAG=1\n",
    "deploy/.env": "TAG=9\nPORT=7\n",
    "deploy/base.yml": "include: [sub/inner.yml]\nservices: {b: {image: '${TAG}-${PORT}', volumes: ['./x:/x']}}",
    "deploy/sub/inner.yml": "services: {c: {image: '${TAG}-${PORT}-${OWN}', env_file: e.env}}",
    "lib/own.env": "OWN=2\n",
    "lib/one.yml": "services: {d: {image: '${TAG}-${OWN}', volumes: ['./x:/x']}}",
    "lib/two.yml": "services: {d: {command: two}}\nvolumes: {v: {}}",
}


def test_included_files_have_their_own_directory_and_variables() -> None:
    found = loaded(INCLUDING)
    images = {name: service.image.value for name, service in found.services.items() if service.image}
    assert images == {"a": "1-", "b": "1-7", "c": "1-7-", "d": "1-2"}
    assert found.services["b"].volumes[0].path == "deploy/x"
    assert found.services["c"].env_files[0].target == "deploy/sub/e.env"
    assert found.services["d"].volumes[0].path == "x"
    assert words(found.services["d"].command) == ["two"]
    assert set(found.volumes) == {"v"}
    assert found.files == (MAIN, "deploy/base.yml", "deploy/sub/inner.yml", "lib/one.yml", "lib/two.yml")
    assert found.problems == ()


def test_an_override_reaches_what_is_included() -> None:
    files = {**INCLUDING, "compose.override.yml": "services: {b: {image: over}}"}
    assert str(loaded(files).services["b"].image) == "over"


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({MAIN: "include: [docker-compose.yml]\nservices: {a: {image: x}}"}, "cycle"),
        ({MAIN: "include: [b.yml]\nservices: {a: {image: x}}", "b.yml": "include: [docker-compose.yml]"}, "cycle"),
        ({MAIN: "include: [none.yml]\nservices: {a: {image: x}}"}, "missing"),
        ({MAIN: "include: [../x.yml]\nservices: {a: {image: x}}"}, "outside"),
        ({MAIN: "include: [/etc/x.yml]\nservices: {a: {image: x}}"}, "outside"),
        ({MAIN: "services: {a: {extends: a}}"}, "cycle"),
        ({MAIN: "services: {a: {extends: b}, b: {extends: a}}"}, "cycle"),
        ({MAIN: "services: {a: {extends: {service: a, file: docker-compose.yml}}}"}, "cycle"),
        ({MAIN: "services: {a: {extends: none}}"}, "missing"),
        ({MAIN: "services: {a: {extends: {service: b, file: none.yml}}}"}, "missing"),
        ({MAIN: "services: {a: {image: '${X'}}"}, "compose"),
        ({MAIN: "services: {a: {image: '${X:?say}'}}"}, "required"),
    ],
)
def test_what_cannot_be_followed_is_said_once_and_the_rest_is_read(files: dict[str, str], what: str) -> None:
    found = loaded(files)
    assert [problem.what for problem in found.problems] == [what]
    assert found.problems[0].at.place is not None
    assert "a" in found.services


@pytest.mark.parametrize("listed", ["https://example.org/x.yml", "oci://x/y", "git@github.com:a/b.git", "~/x.yml"])
def test_what_lies_elsewhere_cannot_be_followed(listed: str) -> None:
    found = loaded({MAIN: f"include: ['{listed}']\nservices: {{a: {{image: x}}}}"})
    assert [problem.what for problem in found.problems] == ["elsewhere"]


def test_a_file_that_git_ignores_is_not_missing() -> None:
    files = {MAIN: "include: [local.yml]\nservices: {a: {image: x}}"}
    assert [problem.what for problem in loaded(files, ignored=("local.yml",)).problems] == ["ignored"]


EXTENDING = {
    MAIN: """\
services:
  base: {image: b, command: base, environment: {A: 1, B: 1}, volumes: [./v:/v]}
  a:
    extends: base
    environment: [B=2]
  c:
    extends: {file: lib/common.yml, service: app}
    command: c
""",
    "lib/common.yml": """\
services:
  root: {image: r, volumes: [./x:/x], env_file: e.env}
  app: {extends: {service: root}, command: app, ports: ['1:1']}
""",
}


def test_a_service_extends_another() -> None:
    found = loaded(EXTENDING).services
    assert set(found) == {"base", "a", "c"}
    assert (words(found["a"].command), environment(found["a"])) == (["base"], {"A": "1", "B": "2"})
    assert (words(found["c"].command), str(found["c"].image)) == (["c"], "r")
    assert found["c"].volumes[0].path == "lib/x"
    assert found["c"].env_files[0].target == "lib/e.env"
    assert len(found["c"].ports) == 1


def test_files_that_include_each_other_over_and_over_come_to_an_end() -> None:
    files = {f"f{number}.yml": f"include: [f{number + 1}.yml, {{path: f{number + 1}.yml}}]" for number in range(18)}
    found = loaded({**files, "f18.yml": "services: {a: {image: x}}"}, "f0.yml")
    assert "too many files are included" in {problem.message for problem in found.problems}


def test_references_tell_what_they_feed() -> None:
    files = {
        MAIN: "services: {a: {image: 'x:${TAG}', environment: ['K=${V:-d}'], ports: ['${PORT:?}:80']}}",
        ".env": "PORT=1",
    }
    uses = [(use.use.name.raw, use.key, use.use.operator, use.use.required) for use in loaded(files).uses]
    assert uses == [
        ("TAG", ("services", "a", "image"), "", False),
        ("V", ("services", "a", "environment", "K"), ":-", False),
        ("PORT", ("services", "a", "ports"), ":?", True),
    ]


@pytest.mark.parametrize(
    ("files", "ignored", "value", "reason"),
    [
        ({".env": "TAG=1"}, (), "1", ""),
        ({".env": "OTHER=1"}, (), "", ""),
        ({}, (), None, "TAG may be set in .env, which is missing"),
        ({}, (".env",), None, "TAG may be set in .env, which is missing"),
    ],
)
def test_a_variable_is_empty_only_where_it_is_known_to_be_unset(
    files: dict[str, str], ignored: tuple[str, ...], value: str | None, reason: str
) -> None:
    image = loaded({MAIN: "services: {a: {image: '${TAG}'}}", **files}, ignored=ignored).services["a"].image
    assert image is not None
    assert (image.value, said(image.reason)) == (value, reason)


def test_what_the_machine_supplies_is_not_known() -> None:
    image = one("services: {a: {image: '${HOME}/${COMPOSE_PROJECT_NAME}'}}", **{".env": ""}).image
    assert image is not None
    assert image.value is None


def test_keys_are_not_interpolated() -> None:
    assert "${A}" in loaded({MAIN: "services: {'${A}': {image: x}}", ".env": "A=b"}).services


def test_a_secret_is_one_by_the_name_under_which_it_arrives() -> None:
    files = {MAIN: "services: {a: {environment: ['POSTGRES_PASSWORD=${PW}', 'X=${PW}']}}", ".env": "PW=hunter77\n"}
    declared = loaded(files).services["a"].declared
    assert str(declared["POSTGRES_PASSWORD"].value) == "<secret, under 32 characters>"


def test_a_value_is_traced_through_its_reference() -> None:
    files = {MAIN: "services: {a: {image: 'x:${TAG}'}}", ".env": "TAG=1.2\n"}
    image = loaded(files).services["a"].image
    assert image is not None
    tag = image[2:]
    assert [place.path for place in tag.places] == [".env"]
    assert [place.path for place in tag.via] == [MAIN]


@pytest.mark.parametrize(
    "compose",
    [
        "services: {a: {ports: {x: y}, volumes: text, environment: [[a]], command: {x: y}, build: [x], networks: x}}",
        "services: {a: {env_file: {x: y}, healthcheck: [x], depends_on: x, extends: [x], configs: [[x]], profiles: x}}",
        "services: {a: [x], b: text, c: 5}\ninclude: {x: y}\nvolumes: [x]\nnetworks: text\nsecrets: 5",
        "include: [[x], {path: }, {path: {a: b}}, 5, ~]\nservices: {a: {image: [x]}}",
        "services: {a: {<<: [1, 2], environment: {<<: 5}}}",
        "---\nservices: {a: {image: x}}\n---\nservices: {a: {image: y}}\n---\n5",
    ],
)
def test_what_is_of_another_shape_is_passed_over(compose: str) -> None:
    assert "a" in loaded({MAIN: compose, "compose.override.yml": compose}).services or "b: text" in compose


ATTRIBUTES = [
    "image: x", "ports: ['1:1', '${P}:2']", "ports: !reset []", "environment: [A=1]", "environment: {A: , B: 2}",
    "command: a b", "command: [a]", "volumes: [./a:/b]", "env_file: e.env", "build: .", "build: {context: .}",
    "extends: b", "networks: [n]", "networks: {n: {aliases: [a]}}", "healthcheck: {test: [CMD, x]}",
    "environment: !override {C: 1}",
    "configs: [c]", "labels: [a=b]", "depends_on: [b]", "ports:", "command: !reset null",
]  # fmt: skip


@given(st.lists(st.sampled_from(ATTRIBUTES), max_size=3), st.lists(st.sampled_from(ATTRIBUTES), max_size=3))
def test_any_two_files_can_be_laid_over_each_other(base: list[str], higher: list[str]) -> None:
    def file(attributes: list[str]) -> str:
        unique = {attribute.partition(":")[0]: attribute for attribute in attributes}
        return "services:\n  b: {image: x}\n  a:\n" + indented("\n".join(unique.values()) or "image: x")

    found = loaded({MAIN: file(base), "compose.override.yml": file(higher), ".env": "P=5"})
    assert set(found.services) == {"a", "b"}


@pytest.mark.parametrize(
    ("template", "ignored", "image"),
    [
        ({".env.example": "TAG=2\n"}, (".env",), None),
        ({"env_template.txt": "TAG=\n"}, (".env",), None),
        ({".env.example": "OTHER=2\n# TAG=2\n"}, (".env",), "x:1"),
        ({".env.production.example": "TAG=2\n"}, (".env",), "x:1"),
        ({"api/.env.example": "TAG=2\n"}, (".env",), "x:1"),
        ({".env.example": "TAG=2\n"}, (), "x:1"),
        ({".env.example": "TAG=2\n", ".env": "OTHER=1\n"}, (".env",), "x:1"),
    ],
)
def test_a_default_counts_unless_an_absent_env_file_sets_the_variable(
    template: dict[str, str], ignored: tuple[str, ...], image: str | None
) -> None:
    """The template tells which names an `.env` that git ignores sets: their defaults are never used."""
    files = {MAIN: 'services: {a: {image: "x:${TAG:-1}"}}', **template}
    found = loaded(files, ignored=ignored).services["a"].image
    assert found is not None
    assert found.value == image
