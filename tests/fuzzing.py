"""What is done with made-up input: by hypothesis in every run of the tests, and by `make fuzz` for as long as you like.

A target takes a text and must come to its end: `UnreadableError` and `InputError` are answers, everything else that is
raised is a defect.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import get_args

from trees import BUILT_IN

from configlint import config
from configlint.code.dart.app_values import app_values
from configlint.code.python import gunicorn
from configlint.code.python.clients import calls
from configlint.code.python.reads import environment_reads
from configlint.code.python.routes import routes
from configlint.code.python.servers import server_runs
from configlint.config.load import Config
from configlint.engine.check import check
from configlint.fix.plan import plan
from configlint.formats import FORMATS, caddyfile, facts, format_of, line, nginx, render
from configlint.formats import android_manifest as manifest
from configlint.formats import compose_template as interpolation
from configlint.formats.dart import DartDocument
from configlint.formats.dockerfile.document import DockerfileDocument
from configlint.formats.dockerfile.image import image
from configlint.formats.dotenv.dialects import readings
from configlint.formats.dotenv.document import DotenvDocument
from configlint.formats.format import Format
from configlint.formats.python.document import PythonDocument
from configlint.formats.shell.mentioned import mentioned
from configlint.formats.shell.script import from_script
from configlint.formats.shell.units import programs
from configlint.formats.syntax import stretches
from configlint.model.document import Document, UnreadableError
from configlint.model.glob import matches
from configlint.model.memory_tree import MemoryTree
from configlint.model.selector import Part
from configlint.model.settings import DEFAULTS
from configlint.model.text import Literal, Place, Text
from configlint.repo import builtin_rules
from configlint.report import FORMATS as REPORTS
from configlint.report import Options
from configlint.resolve.part import part, without_references
from configlint.rules.errors import InputError
from configlint.rules.prepare import prepare
from configlint.rules.rule import examples

CORPUS = Path(__file__).parent / "data/fuzz"
"""By target, inputs that once found a defect, and of what `make fuzz` learnt a part that reaches much."""

PATHS = {
    "dotenv": ".env", "dockerfile": "Dockerfile", "dart": "lib/a.dart", "python": "gunicorn.conf.py",
    "json": "config.json", "yaml": "docker-compose.yml", "toml": "settings.toml",
}  # fmt: skip
"""A file of each format."""


def reader(form: Format) -> Callable[[str], None]:
    """Read a text, list its values, and write each of them anew."""

    def target(content: str) -> None:
        path = PATHS[form.name]
        try:
            document = form.read(path, content)
            _followed(document)
            values = list(facts(document))
        except UnreadableError:
            return
        for fact in values[:20]:
            for run in fact.text.runs:
                if run.exact and run.place is not None:
                    assert content[run.place.start : run.place.end] == run.text
                if run.literal is not None:
                    render(run.literal, "x y'\"$\\#")

    return target


def _followed(document: Document) -> None:
    """What the layers above ask of a document first."""
    if isinstance(document, DotenvDocument):
        readings(document, ("compose", "python-dotenv", "flutter_dotenv", "django-environ"))
    if isinstance(document, DockerfileDocument):
        image(document)
    if isinstance(document, DartDocument):
        app_values([document], lambda _: None)
    if isinstance(document, PythonDocument):
        gunicorn.settings(document, lambda _: None)
        environment_reads(document)
        server_runs(document, lambda _: None)
        calls(document, lambda _: None)
        routes({document.path: document})


def shell(content: str) -> None:
    place = Place("start.sh", 0, len(content))
    text = Text.literal(content, Literal(place=place, inner=place, style="shell/script"))
    from_script(text, lambda name: Text.assumed(name) if name < "F" else None)


def template(content: str) -> None:
    interpolation.interpolate(Text.assumed(content), lambda name: Text.assumed(name * 2) if name < "F" else None)


def unit(content: str) -> None:
    for kind in ("supervisor", "procfile"):
        for program in programs(kind, "x", content):
            list(program.invocations(lambda _: None))


def commands_in_text(content: str) -> None:
    """What is taken for a word stands there."""
    for words in mentioned("a", content, "flutter"):
        for word in words:
            assert "".join(content[place.start : place.end] for place in word.places) == word.raw


def android_manifest(content: str) -> None:
    with suppress(UnreadableError):
        found = manifest.read("AndroidManifest.xml", content)
        assert "<" not in content[found.root.start : found.root.end]


def pattern(content: str) -> None:
    first, _, second = content.partition("\n")
    matches(first, second)


def line_of_text(content: str) -> None:
    """A line with a hole, and a file; what is written into the hole is read back."""
    before, _, text = content.partition("\n")
    for value in line.values(f"{before.replace(line.HOLE, '')}{line.HOLE};", "a.conf", text):
        assert value.place is not None
        assert text[value.place.start : value.place.end] == value.raw


def part_of_value(content: str) -> None:
    """Every part of a value; one that is written anew is read back."""
    place = Place("a", 0, len(content))
    text = without_references(Text.literal(content, Literal(place=place, inner=place, style="dotenv/bare")))
    for name in get_args(Part):
        site = part(text, name).text.site
        if site is None or site.literal is None:
            continue
        assert site.place is not None
        for value in ("/x y", "12"):
            new = render(site.literal, value)
            if new is not None:
                after = content[: site.place.start] + new + content[site.place.end :]
                again = part(without_references(Text.assumed(after)), name)
                assert again.value == value, (content, name, after)


def configuration(content: str) -> None:
    for path in (".configlint.yaml", "pyproject.toml"):
        head = "[tool.configlint]\n" if path.endswith("toml") else ""
        try:
            loaded = config.load(path, head + content, MemoryTree({".env": "A=1"}))
        except InputError:
            continue
        assert isinstance(loaded, Config)


def rule(content: str) -> None:
    with suppress(InputError):
        prepare("rule.yaml", content)


SEPARATOR = "\n@@@ "
"""Begins the line that names the next file."""


def split(content: str) -> Mapping[str, str]:
    """Several files in one text."""
    found: dict[str, str] = {}
    for file in f"\n{content}".split(SEPARATOR)[1:]:
        path, _, text = file.partition("\n")
        if path and "\0" not in path and not path.startswith("/") and ".." not in path.split("/"):
            found[path] = text
    return found


def whole(content: str) -> None:
    """All of it: some files checked by all rules, told in every form, and mended."""
    tree = MemoryTree(split(content))
    result = check(tree, DEFAULTS, BUILT_IN)
    for form in REPORTS:
        REPORTS[form](result, Options(version="0", verbose=True, width=80)).encode("utf-8", "surrogatepass")
    if any(one.fix for one in result.findings):
        plan(tree, DEFAULTS, BUILT_IN, unsafe=True)


def proxy(content: str) -> None:
    """Read a proxy's configuration; every word is where it says that it is."""
    for document, read in (
        (nginx.read("nginx.conf", content), nginx.directives),
        (caddyfile.read("Caddyfile", content), caddyfile.directives),
    ):
        for directive in nginx.every(read(nginx.whole(document))):
            for word in (directive.name, *directive.args):
                assert word.place is None or content[word.place.start : word.place.end] == word.raw
        list(stretches(document))


TARGETS: dict[str, Callable[[str], None]] = {
    **{form.name: reader(form) for form in FORMATS},
    "shell": shell,
    "template": template,
    "unit": unit,
    "mentioned": commands_in_text,
    "manifest": android_manifest,
    "pattern": pattern,
    "line": line_of_text,
    "part": part_of_value,
    "proxy": proxy,
    "configuration": configuration,
    "rule": rule,
    "check": whole,
}


def corpus(target: str) -> Iterator[str]:
    path = CORPUS / f"{target}.json"
    if path.exists():
        yield from json.loads(path.read_text(encoding="utf-8"))


SAMPLES: dict[str, list[str]] = {
    "dotenv": [
        "A", "B_SECRET", "=", "'", '"', "#", " ", "\n", "\r", "$", "${", "}", ":-", "export ", "\\", "\\n", "x y",
        "é",
    ],
    "dockerfile": [
        "FROM ", "x", " AS a\n", "ENV ", "A=", "ARG ", "CMD ", "[", '"', "]", ",", "\\\n", "\n", "<<E", "E\n", "$A",
        "${A:-", "}", "# escape=`\n", "--flag=x ", "EXPOSE 1/udp", "HEALTHCHECK ", "COPY . .", "'", "WORKDIR /",
    ],
    "dart": [
        "class A {", "}", "static const ", "a", " = ", "'", '"', "'''", "r'", "$a", "${", "}", ";", "=> ", "? ", ": ",
        "??", "(", ")", "[", "]", "//", "/*", "*/", "String.fromEnvironment('A')", "'http://localhost:1'", "<", ">",
        ",", "\n", "..", "!", "switch (a) {",
    ],
    "python": [
        "import os\n", "workers", " = ", "os.getenv(", "'A'", ", ", ")", "(", "[", "]", "{", "}", "f'", "{a}", "'",
        '"""', "\n", "    ", "def f(a):\n", "return ", "if a:\n", "else:\n", "class A(B):\n", "9", "**", "%", "+",
        "lambda: ", "#", "\\", "\t", "\x0c", "for a in b:\n", "a", ".b", ":", "*", "await ", ":=", "try:\n",
        "except E:\n", "match a:\n", "case _:\n",
    ],
    "json": [
        "{", "}", "[", "]", '"', "a", ":", ",", "1", "-", ".5", "e9", "true", "null", "\\u00e9", "\\ud83d", "\\",
        "//", "/*", "*/", "\n",
    ],
    "yaml": [
        "services:", "a", ": ", "\n", "  ", "- ", "{", "}", "[", "]", ",", "'", '"', "|", ">", "+", "2", "&x ", "*x",
        "<<: ", "!t ", "---\n", "...\n", "? ", "# configlint: ignore[x]", "%YAML 1.2\n", "\t", "\\x41", "${A:-b}",
        "environment:", "ports:", "image:", "\ufeff", "\x85", "~",
    ],
    "toml": [
        "[a]\n", "[[b]]\n", "a", ".", "=", "1", '"', "'", '"""', "'''", "{", "}", "[", "]", ",", "\n", "#", "\\",
        "1979-05-27", "true", "inf",
    ],
    "shell": [
        "gunicorn ", "-w 1 ", "$A", "${A:-b}", "$(", ")", "`", "'", '"', "\\", "\n", "; ", "&& ", "|| ", "| ", "& ",
        "if ", "then ", "fi ", "exec ", "cd a", "A=b ", "<<E\n", "E\n", "{ ", "} ", "( ", "f() ", "case a in ", ";; ",
        "esac ", "#", "$@", "$1", "for ", "do ", "done ",
    ],
    "template": [
        "$", "${", "A", "G", ":-", "-", ":?", "?", ":+", "+", "}", "$$", "x",
    ],
    "unit": [
        "[program:a]\n", "command=", "gunicorn a:b", "\n", "web: ", ";", "%(ENV_A)s", 'environment=A="b",',
        "directory=/a", " ",
    ],
    "mentioned": [
        "flutter", " build apk", " --dart-define=A=b", "\n", "\\\n", "  --", '"', "'", "[", "]", ", ", "# ", "CMD ",
        ";", "&& ", "$A", "run: >-", "é",
    ],
    "manifest": [
        "<manifest", ' xmlns:android="http://schemas.android.com/apk/res/android"', ">", "</manifest>", "/>", "<!--",
        "-->", "<uses-permission", ' android:name="A"', "<!DOCTYPE m [", "<!ENTITY e 'x'>", "]>", "&e;", "&amp;",
        "<?xml version='1.0'?>", "<![CDATA[", "]]>", "configlint:", "\n", "é", "\ufeff", "\x00",
    ],
    "pattern": [
        "*", "**", "/", "a", "b", "?", "\n", "**/", ".", "[", "\\",
    ],
    "line": [
        "listen", " ", "\t", "80", ";", "#", "//", "/*", "\n", "\r\n", "{value}", "x", "\ufeff", "--",
    ],
    "part": [
        "postgres", "://", "u", ":", "p", "@", "db", "5432", "/", "x", "?", "#", "%40", "${A}", "[::1]", "latest",
        "sha256", ",", "jdbc:", ".", "-", "+",
    ],
    "proxy": [
        "server", " ", "{", "}", ";", "\n", "'", '"', "`", "\\", "#", "${", "$", "proxy_pass", "http://a:1",
        "reverse_proxy", "{$A:", "to", "x_by_lua_block",
    ],
    "configuration": [
        "workers:", " {", "a: 1", "}", "mobile:", "host: 'x'", "rules:", "a: off", "exclude: [", "'**'", "]", "\n",
        "stacks:", "compose:", "rule-files:", " = ", "  ", "- ", "[tool.configlint.rules]\n",
    ],
    "rule": [
        "id: a\n", "title: t\n", "why: w\n", "severity: error\n", "kind: ", "equals", "forbids", "references",
        "unique", "requires", "\n", "from: ", "to: ", "{table: urls}", "[", "]", "{file: .env, key: A}", ", ",
        "column: ", "port", "says: {", "differs: '{from.name}'", "}", "truth: ", "examples:\n", "  - files: {}\n",
    ],
}  # fmt: skip
"""What a text of each target is put together from."""


def seeds(target: str) -> Iterator[str]:
    """What `make fuzz` begins with: what was found once, the pieces, and the examples of the rules."""
    yield from corpus(target)
    if target in SAMPLES:
        yield from (*SAMPLES[target], "".join(SAMPLES[target]))
    for path, content in builtin_rules():
        if target == "rule":
            yield content
        for example in examples(prepare(path, content)):
            if target == "check":
                yield "".join(f"{SEPARATOR}{name}\n{text}" for name, text in example.files.items()).lstrip("\n")
            yield from (text for name, text in example.files.items() if _format(name) == target)
            if target == "configuration":
                yield example.config


def _format(path: str) -> str:
    form = format_of(path)
    return form.name if form is not None else ""
