"""Made-up input for every reader and for all of them together; and the inputs that once found a defect."""

from pathlib import Path

import pytest
from fuzzing import CORPUS, PATHS, SEPARATOR, TARGETS, corpus, split
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats import FORMATS

SAMPLES: dict[str, list[str]] = {
    "dotenv": ["A", "B_SECRET", "=", "'", '"', "#", " ", "\n", "\r", "$", "${", "}", ":-", "export ", "\\", "\\n", "x y", "é"],
    "dockerfile": ["FROM ", "x", " AS a\n", "ENV ", "A=", "ARG ", "CMD ", "[", '"', "]", ",", "\\\n", "\n", "<<E", "E\n", "$A", "${A:-",
                   "}", "# escape=`\n", "--flag=x ", "EXPOSE 1/udp", "HEALTHCHECK ", "COPY . .", "'", "WORKDIR /"],
    "dart": ["class A {", "}", "static const ", "a", " = ", "'", '"', "'''", "r'", "$a", "${", "}", ";", "=> ", "? ", ": ", "??", "(", ")",
             "[", "]", "//", "/*", "*/", "String.fromEnvironment('A')", "'http://localhost:1'", "<", ">", ",", "\n", "..", "!", "switch (a) {"],
    "python": ["import os\n", "workers", " = ", "os.getenv(", "'A'", ", ", ")", "(", "[", "]", "{", "}", "f'", "{a}", "'", '"""', "\n",
               "    ", "def f(a):\n", "return ", "if a:\n", "else:\n", "class A(B):\n", "9", "**", "%", "+", "lambda: ", "#", "\\", "\t", "\x0c",
               "for a in b:\n", "a", ".b", ":", "*", "await ", ":=", "try:\n", "except E:\n", "match a:\n", "case _:\n"],
    "json": ["{", "}", "[", "]", '"', "a", ":", ",", "1", "-", ".5", "e9", "true", "null", "\\u00e9", "\\ud83d", "\\", "//", "/*", "*/", "\n"],
    "yaml": ["services:", "a", ": ", "\n", "  ", "- ", "{", "}", "[", "]", ",", "'", '"', "|", ">", "+", "2", "&x ", "*x", "<<: ", "!t ", "---\n",
             "...\n", "? ", "# configlint: ignore[x]", "%YAML 1.2\n", "\t", "\\x41", "${A:-b}", "environment:", "ports:", "image:", "\ufeff", "\x85", "~"],
    "toml": ["[a]\n", "[[b]]\n", "a", ".", "=", "1", '"', "'", '"""', "'''", "{", "}", "[", "]", ",", "\n", "#", "\\", "1979-05-27", "true", "inf"],
    "shell": ["gunicorn ", "-w 1 ", "$A", "${A:-b}", "$(", ")", "`", "'", '"', "\\", "\n", "; ", "&& ", "|| ", "| ", "& ", "if ", "then ", "fi ", "exec ",
              "cd a", "A=b ", "<<E\n", "E\n", "{ ", "} ", "( ", "f() ", "case a in ", ";; ", "esac ", "#", "$@", "$1", "for ", "do ", "done "],
    "template": ["$", "${", "A", "G", ":-", "-", ":?", "?", ":+", "+", "}", "$$", "x"],
    "unit": ["[program:a]\n", "command=", "gunicorn a:b", "\n", "web: ", ";", "%(ENV_A)s", "environment=A=\"b\",", "directory=/a", " "],
    "pattern": ["*", "**", "/", "a", "b", "?", "\n", "**/", ".", "[", "\\"],
    "configuration": ["workers:", " {", "a: 1", "}", "mobile:", "host: 'x'", "rules:", "a: off", "exclude: [", "'**'", "]", "\n", "stacks:", "compose:",
                      "rule-files:", " = ", "  ", "- ", "[tool.configlint.rules]\n"],
    "rule": ["id: a\n", "title: t\n", "why: w\n", "severity: error\n", "kind: ", "equals", "forbids", "references", "unique", "requires", "\n", "from: ", "to: ",
             "{table: urls}", "[", "]", "{file: .env, key: A}", ", ", "column: ", "port", "says: {", "differs: '{from.name}'", "}", "truth: ", "examples:\n", "  - files: {}\n"],
}  # fmt: skip
"""What a text of each target is put together from."""


def test_every_reader_is_a_target() -> None:
    assert set(PATHS) == {form.name for form in FORMATS}
    assert {path.name for path in CORPUS.iterdir()} <= set(TARGETS)
    for form in FORMATS:
        assert form.claims(PATHS[form.name]) or form.name in ("json", "toml")


def texts(target: str) -> st.SearchStrategy[str]:
    pieces = st.sampled_from(SAMPLES[target])
    return st.lists(pieces | st.text(max_size=5), max_size=30).map("".join)


@pytest.mark.parametrize("target", SAMPLES)
@given(data=st.data())
@settings(max_examples=150)
def test_a_reader_answers(target: str, data: st.DataObject) -> None:
    TARGETS[target](data.draw(texts(target)))


@given(st.lists(st.sampled_from(sorted(PATHS)), min_size=1, max_size=4), st.data())
@settings(max_examples=60)
def test_all_of_them_answer(names: list[str], data: st.DataObject) -> None:
    more = {"app/pubspec.yaml": "name: a\ndependencies: {flutter: {sdk: flutter}}\nflutter: {assets: [.env]}\n"}
    files = more | {PATHS[name]: data.draw(texts(name)) for name in names}
    TARGETS["check"]("".join(f"{SEPARATOR}{path}\n{text}" for path, text in files.items()))


def test_files_are_told_apart() -> None:
    assert split("@@@ a\nb\n@@@ c\nd") == {"a": "b", "c": "d"}


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_once(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes().decode("utf-8", "replace"))


def test_there_is_a_corpus() -> None:
    assert sum(1 for target in TARGETS for _ in corpus(target)) > 0
