"""JSON, concise and GitHub's commands."""

import json

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import finding, options, place, result

from configlint.model.finding import Label
from configlint.model.text import Place
from configlint.report import FORMATS
from configlint.report.github import LIMIT


def test_json_is_the_contract() -> None:
    document = json.loads(FORMATS["json"](samples.full(), options()))
    assert list(document) == ["schema", "tool", "findings", "summary", "notes"]
    assert document["tool"] == {"name": "configlint", "version": "1.2.3"}
    first = document["findings"][0]
    assert list(first)[:12] == [
        *("rule", "severity", "verdict", "stack", "message", "path", "line", "column", "end_line", "end_column"),
        *("related", "fix"),
    ]
    assert (first["path"], first["line"], first["column"], first["end_line"], first["end_column"]) == (
        ".env",
        2,
        20,
        2,
        32,
    )
    assert first["related"] == [
        {
            "path": "livekit.yaml",
            "line": 4,
            "column": 11,
            "end_line": 4,
            "end_column": 51,
            "message": "the server's secret",
        }
    ]
    assert first["fix"]["edits"] == [
        {"path": ".env", "line": 2, "column": 20, "end_line": 2, "end_column": 32, "replacement": None, "secret": True}
    ]
    assert document["findings"][3]["fix"]["edits"][0]["replacement"] == "192.168.1.44"
    assert document["findings"][1]["fix"] is None
    assert document["summary"]["vacuous"] == ["redis-parity", "webhook-key"]


def test_json_ends_with_one_newline_and_keeps_letters() -> None:
    text = FORMATS["json"](result([finding(place("é", "ü\n", "ü"), "naïve")], {"é": "ü\n"}), options())
    assert text.endswith("}\n")
    assert "naïve" in text


@given(st.text())
@settings(max_examples=200)
def test_json_reads_back_as_written_and_holds_no_control_character(message: str) -> None:
    text = FORMATS["json"](result([finding(Place("f", 0, 0), message)], {}), options())
    assert json.loads(text)["findings"][0]["message"] == message
    assert not any((ord(char) < 0x20 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in text)


def test_a_surrogate_in_a_path_can_be_written() -> None:
    text = FORMATS["json"](result([finding(Place("bad\udcff", 0, 0))], {}), options())
    text.encode()
    assert json.loads(text)["findings"][0]["path"] == "bad\udcff"


def test_columns_count_characters_and_not_a_byte_order_mark() -> None:
    content = "\ufeffé=日本x\n"
    document = json.loads(FORMATS["json"](result([finding(place("f", content, "x"))], {"f": content}), options()))
    assert document["findings"][0]["column"] == 5


def test_concise_is_one_line_for_each_finding() -> None:
    lines = FORMATS["concise"](samples.full(), options()).splitlines()
    assert lines[0].startswith(".env:2:20: error secret-parity LIVEKIT_API_SECRET is not")
    assert lines[0].endswith(" [*]")
    assert lines[1].startswith("docker-compose.yml:8:14: error port-conflict ")
    assert not lines[1].endswith("[*]")
    assert lines[3].startswith("Found 2 errors and 1 warning")
    verbose = FORMATS["concise"](samples.full(), options(verbose=True))
    assert "gunicorn.conf.py:2:11: info worker-count unverifiable: " in verbose


@given(st.text(), st.text())
@settings(max_examples=200)
def test_concise_is_one_line_and_no_command_whatever_the_text(text: str, path: str) -> None:
    found = finding(Place(path, 0, 0), text, rule=text)
    lines = FORMATS["concise"](result([found], {path: text}, notes=[text]), options()).split("\n")
    assert len(lines) == 4
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in lines)


def test_github_annotations() -> None:
    lines = FORMATS["github"](samples.full(), options()).splitlines()
    assert lines[0] == (
        "::error file=.env,line=2,endLine=2,col=20,endColumn=32,title=configlint%3A secret-parity::"
        "LIVEKIT_API_SECRET is not the server's secret for key devkey (12 characters here, 40 there)"
        "%0Alivekit.yaml:4: the server's secret%0Afix: use the server's secret"
    )
    assert lines[2].startswith("::notice file=gunicorn.conf.py,")
    assert lines[3].startswith("::warning file=lib/constants.dart,")
    assert sum(line.startswith("::") for line in lines) == 4


def test_github_has_no_columns_for_several_lines() -> None:
    content = "a: >-\n  b\n  c\n"
    command = FORMATS["github"](result([finding(place("f", content, ">-\n  b"))], {"f": content}), options())
    assert command.startswith("::error file=f,line=1,endLine=2,title=")


def test_github_shows_ten_annotations_of_a_level_and_the_log_lists_the_rest() -> None:
    content = "x\n" * 30
    many = [finding(Place("f", 2 * line, 2 * line + 1), f"no {line}", severity="warning") for line in range(14)]
    few = [finding(Place("f", 50, 51), "alone")]
    lines = FORMATS["github"](result([*many, *few], {"f": content}), options()).splitlines()
    warnings = [line for line in lines if line.startswith("::warning ")]
    assert len(warnings) == LIMIT
    assert warnings[-1] == "::warning title=configlint::5 more warnings: the log of this step lists them"
    assert sum(line.startswith("::error ") for line in lines) == 1
    group = lines[lines.index("::group::Findings without an annotation") + 1 : lines.index("::endgroup::")]
    assert group == [f"f:{line + 1}:1: warning secret-parity no {line}" for line in range(9, 14)]


def test_ten_of_a_level_are_not_too_many() -> None:
    ten = [finding(Place("f", 0, 1), str(number)) for number in range(LIMIT)]
    lines = FORMATS["github"](result(ten, {"f": "x\n"}), options()).splitlines()
    assert sum(line.startswith("::error file=") for line in lines) == LIMIT
    assert len(lines) == LIMIT + 1


def test_a_line_of_the_log_is_no_command() -> None:
    many = [finding(Place("::stop-commands::x", 0, 0), "::add-mask::y") for _ in range(12)]
    text = FORMATS["github"](result(many, {}), options())
    commands = {line.split("::")[1].split(" ")[0] for line in text.splitlines() if line.lstrip().startswith("::")}
    assert commands == {"error", "group", "endgroup"}


def _unescaped(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


@given(st.text(alphabet=st.sampled_from("a:,%\n\r;=::0A25")), st.text(alphabet=st.sampled_from("a:,%\n\r=0A25")))
@settings(max_examples=200)
def test_github_escapes_are_undone_by_the_runner(path: str, message: str) -> None:
    text = FORMATS["github"](result([finding(Place(path, 0, 0), message)], {}), options())
    command = text.split("\n")[0]
    head, data = command.removeprefix("::error ").split("::", 1)
    properties = dict(part.split("=", 1) for part in head.split(","))
    assert _unescaped(properties["file"]) == path.replace("\n", "\\n").replace("\r", "\\r")
    assert _unescaped(data) == message.replace("\n", "\\n").replace("\r", "\\r")


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_same_result_gives_the_same_bytes(name: str) -> None:
    assert FORMATS[name](samples.full(), options()) == FORMATS[name](samples.full(), options())


def test_an_unknown_format_is_no_format() -> None:
    assert "xml" not in FORMATS
    with pytest.raises(KeyError):
        FORMATS["xml"]


def test_a_related_place_without_text_is_still_a_place() -> None:
    found = finding(place("f", "x\n", "x"), related=[Label(place=Place("gone", 0, 0), message="")])
    document = json.loads(FORMATS["json"](result([found], {"f": "x\n"}), options()))
    assert document["findings"][0]["related"][0]["line"] == 1


@pytest.mark.parametrize("name", ["json", "sarif", "github", "gitlab", "junit"])
def test_hundreds_of_other_places_are_not_listed(name: str) -> None:
    files = {".env": "A=1\n", **{f"{number}/x": "1\n" for number in range(200)}}
    related = tuple(Label(place=Place(f"{number}/x", 0, 1), message="there") for number in range(200))
    shown = FORMATS[name](result([finding(place(".env", "A=1\n", "1"), related=related)], files), options())
    assert "49/x" in shown
    assert "50/x" not in shown
    assert name == "sarif" or "150" in shown, "how many are left out"
