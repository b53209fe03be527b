"""Canaries and every command, every option, every way to fail, and places that chance has chosen."""

import random
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import click
import pytest
from canaries import Canaries, Nest, nested
from pydantic import BaseModel, ValidationError
from running import HOMES, Ran, contents, repository, run, write

import configlint
from configlint.cli.commands import cli
from configlint.report import FORMATS

READING = ("--debug", "--no-cache", "--config", ".configlint.yaml", "--root", ".", "--ignore", "port-parity")

ASKED: dict[str, list[tuple[str, ...]]] = {
    "check": [
        *(("--format", form, *READING) for form in FORMATS),
        *(("--color", color, "--verbose", "--stats") for color in ("auto", "always", "never")),
        *(("--fail-on", level, "--select", "secret-parity", "app") for level in ("error", "warning", "info", "never")),
        ("--require", "opaque", "--output", "out.txt"),
        ("--base", "HEAD"),
        *(("--staged", "--format", form) for form in FORMATS),
        ("--staged", "--base", "HEAD", "--quiet"),
    ],
    "fix": [
        *(("--diff", "--color", color, *READING) for color in ("auto", "always", "never")),
        ("--diff", "--unsafe", "--select", "secret-parity", "app"),
        *(
            ("--diff", "--fail-on", level, "--base", "HEAD", "--baselined")
            for level in ("error", "warning", "info", "never")
        ),
        ("--exit-non-zero-on-fix",),
        ("--unsafe",),
    ],
    "why": [
        *(("JWT_SECRET", "--color", color, *READING) for color in ("auto", "always", "never")),
        *(("LIVEKIT_API_SECRET", "--format", form, "--select", "opaque") for form in ("text", "json")),
        *(("--all", "--format", form) for form in ("text", "json", "markdown")),
    ],
    "explain": [
        ("opaque", *READING),
        *(("secret-parity", "--color", color, "--select", "secret-parity") for color in ("auto", "always", "never")),
    ],
    "rules": [READING, ("--select", "opaque")],
    "test": [("opaque.yaml",), ("broken/livekit.yaml",), (".env",), ("docker-compose.yml",)],
    "init": [
        ("--debug", "--no-cache", "--root", ".", "--select", "opaque", "--ignore", "opaque", "--config", "x.yaml")
    ],
    "baseline": [READING, ("--prune",), ("--select", "secret-parity")],
    "schema": [("config",), ("rule",)],
    "clean": [()],
}
"""Every command, with every option and every choice that it has."""


@pytest.fixture(scope="module")
def nest(tmp_path_factory: pytest.TempPathFactory) -> Nest:
    made = nested(tmp_path_factory.mktemp("nest"), "mixed")
    write(made.root, {"x.yaml": "{}\n"})
    return made


@pytest.mark.parametrize("name", cli.commands)
def test_every_option_has_its_turn(name: str) -> None:
    words = {word for arguments in ASKED[name] for word in arguments}
    for parameter in cli.commands[name].params:
        if isinstance(parameter, click.Option):
            assert words.intersection(parameter.opts), f"{name} {parameter.opts[0]} is not tried here"
        if isinstance(parameter.type, click.Choice):
            assert words >= {str(choice) for choice in parameter.type.choices}, f"{name} {parameter.name}"


@pytest.mark.parametrize("name", ASKED)
def test_no_command_shows_one(nest: Nest, tmp_path: Path, name: str) -> None:
    """Each on a copy of its own, for some write; what is left there beside what was there is looked through, too."""
    for number, arguments in enumerate(ASKED[name]):
        root = tmp_path / f"{number}"
        subprocess.run(["cp", "-a", nest.root, root], check=True)
        if name == "init":
            (root / ".configlint.yaml").unlink()
        before = set(contents(root))
        ran = run(root, name, *arguments)
        assert ran.exit in (0, 1, 2), ran.stderr
        nest.silent(ran)
        for path, content in contents(root).items():
            if path not in before:
                nest.silent(Ran(0, content.decode("latin-1"), path))


def modules() -> Iterator[str]:
    yield from (found.name for found in walk_packages(configlint.__path__, "configlint."))


def models() -> list[type[BaseModel]]:
    """Every pydantic model of the program."""
    for name in modules():
        import_module(name)
    found, waiting = [], [BaseModel]
    while waiting:
        for cls in waiting.pop().__subclasses__():
            waiting.append(cls)
            if cls.__module__.startswith("configlint."):
                found.append(cls)
    return found


def complaint(model: type[BaseModel], data: object) -> str:
    try:
        model.model_validate(data)
    except ValidationError as error:
        return f"{error} {error!r}"
    return ""


def test_no_error_of_pydantic_quotes_its_input() -> None:
    assert len(models()) >= 10
    for model in models():
        assert model.model_config.get("hide_input_in_errors"), model
        every = dict.fromkeys((field.alias or name for name, field in model.model_fields.items()), "qC4naryz")
        for data in ({"qodd": "qC4naryz", **every}, {name: ["qC4naryz"] for name in every}, "qC4naryz"):
            assert "C4nary" not in complaint(model, data), model


WRONG_RULES = [
    "id: {0}\n",
    "id: mine\ntitle: [{0}]\n",
    "id: mine\nkind: {0}\n",
    "id: mine\nseverity: {0}\n",
    "id: mine\nkind: equals\nfrom: {0}\n",
    "id: mine\nkind: equals\nfrom: [{{file: .env, key: A, secrte: {0}}}]\n",
    "id: mine\nkind: forbids\nfrom: {{table: {0}, where: {{x: {0}}}}}\n",
    "- {0}\n",
    "{0}\n",
    '"{0}\n',
    "id: &a [*{0}]\n",
    "id: !!{0} x\n",
    'id: "\\{0}"\n',
    "{{id: {0}\n",
    'id: mine\nsays: {{differs: "{{{0}"}}\n',
    "id: mine\ntitle: t\nwhy: w\nseverity: error\nkind: equals\n"
    "from: [{{file: .env, key: A}}, {{file: '{0}', key: A}}]\n"
    "examples: [{{files: {{.env: 'A={0}'}}, finds: [1]}}]\n",
]


@pytest.mark.parametrize("text", WRONG_RULES)
def test_a_wrong_rule_file_is_not_quoted(nest: Nest, tmp_path: Path, text: str) -> None:
    canary = nest.canaries[0]
    root = write(
        tmp_path, {"r.yaml": text.format(canary), ".configlint.yaml": "rule-files: [r.yaml]\n", ".env": "A=1\n"}
    )
    for command in (("check", "--debug"), ("rules",), ("explain", "mine"), ("test", "r.yaml")):
        ran = run(root, *command)
        assert ran.exit in (0, 1, 2), ran.stderr
        nest.silent(ran)


STAGES = (
    "configlint.repo.tree.read_text", "configlint.engine.check.resolve", "configlint.formats.yaml.build",
    "configlint.formats.dotenv.document.statements", "configlint.cli.session.load",
    "configlint.model.document.Lines.position", "configlint.resolve.resolution.stacks",
    "configlint.engine.judge.identity",
)  # fmt: skip
"""Where a fault of ours may be, with values at hand."""


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("fault", [RuntimeError, KeyError, RecursionError, MemoryError, UnicodeError, AssertionError])
def test_no_fault_tells_a_value(
    nest: Nest, monkeypatch: pytest.MonkeyPatch, stage: str, fault: type[Exception]
) -> None:
    def broken(*arguments: object, **_: object) -> None:
        error = fault(*nest.canaries)
        error.add_note(nest.canaries[1])
        try:
            raise ValueError(*nest.canaries)
        except ValueError as cause:
            raise error from cause

    monkeypatch.setattr(stage, broken)
    for command in (
        ("check", "--debug", "--no-cache"),
        ("fix", "--diff", "--debug", "--no-cache"),
        ("check", "--no-cache"),
    ):
        ran = run(nest.root, *command)
        assert ran.exit in (0, 1, 2, 3)
        nest.silent(ran)


def test_what_is_asked_for_and_is_not_there_is_not_looked_for_in_values(nest: Nest) -> None:
    for key in ("LIVEKIT_API_SECRETS", "api.wrokers", "nobody.JWT_SECRET", "redis://x", "99999"):
        nest.silent(run(nest.root, "why", key))


NAMES = ("{}_SECRET", "{}_PASSWORD", "{}_TOKEN", "{}_API_KEY", "{}_PRIVATE_KEY", "{}_PASSWD", "{}_ACCESS_KEY")


class Chance:
    """A repository in which chance decides what stands where, and which secret is written twice."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.new = Canaries(("letters", "mixed", "hex", "signs")[seed % 4], seed)
        self.names = [self.name() for _ in range(6)]

    def name(self) -> str:
        word = "".join(self.random.choices(string.ascii_uppercase, k=4))
        return self.random.choice(NAMES).format(word)

    def pair(self) -> tuple[str, str]:
        """A name that says that its value is a secret, and a value; seldom one that stood somewhere before."""
        again = self.new.made and self.random.random() < 0.2
        value = self.random.choice(self.new.made) if again else self.new(self.random.randint(12, 60))
        return self.random.choice(self.names), value

    def lines(self, shapes: tuple[Callable[[str, str], str], ...], count: int) -> str:
        return "".join(self.random.choice(shapes)(*self.pair()) + "\n" for _ in range(count))

    def files(self) -> dict[str, str | bytes]:
        return {
            ".env": self.lines(DOTENV, 12),
            ".env.example": "".join(f"{name}=\n" for name in self.random.sample(self.names, 3)),
            "api/.env": self.lines(DOTENV, 5),
            "docker-compose.yml": "services:\n" + "".join(
                f"  {name}:\n    build: ./api\n    ports: ['8000:8000']\n    env_file: [.env, api/.env]\n"
                f"    environment:\n{self.lines(LISTED if name != 'web' else MAPPED, 5)}"
                f"    labels:\n{self.lines(LISTED, 2)}" for name in ("api", "web", "asr")),
            "api/Dockerfile": f"FROM x\n{self.lines(DOCKER, 5)}COPY . .\nCMD python main.py\n",
            "api/main.py": f"import os\n{self.lines(PYTHON, 6)}",
            "api/gunicorn.conf.py": self.lines(PYTHON, 3) + "workers = 2\n",
            "lib/config.dart": f"class C {{\n{self.lines(DART, 6)}}}\nconst url = 'http://localhost:9';\n",
            "pubspec.yaml": "name: a\ndependencies: {flutter: {sdk: flutter}}\nflutter: {assets: [.env]}\n",
            "livekit.yaml": "keys:\n" + "".join(f"  key{n}: {self.new()} # {self.new()}\n" for n in range(3)),
            "settings.yaml": self.lines(MAPPED, 4).replace("      ", ""),
            "config.json": "{" + ", ".join('"{}": "{}"'.format(*self.pair()) for _ in range(4)) + "}\n",
            "own.yaml": "id: own\ntitle: t\nwhy: w\nseverity: error\nkind: equals\nfrom:\n" + "".join(
                f"  - {{file: {path}, key: {self.random.choice(self.names)}, secret: true}}\n"
                for path in (".env", "api/.env", "settings.yaml", "config.json")),
            ".configlint.yaml": "rule-files: [own.yaml]\nworkers: {default: 3}\nmobile: {host: 10.1.2.3}\n",
        }  # fmt: skip


DOTENV: tuple[Callable[[str, str], str], ...] = (
    "{}={}".format, "{}='{}'".format, '{}="{}"'.format, "export {}={}".format, "{} = {}".format, "#{}={}".format,
    "{}={} # and more".format, "{0}=${{{0}:-{1}}}".format, "DATABASE_URL=postgres://{0}:{1}@nowhere:1/x".format,
    "{}: {}".format, "{}='{}".format, "{} {}".format, "{}:{}==".format, "{}: {}=".format, "{} {}==".format,
    "{0} {1}={1}".format, "{{'{0}': '{1}'}}".format, "{0}=\n{1}".format, "{0}='x' {1}".format,
)  # fmt: skip
LISTED = tuple(f"      - {shape}" .format for shape in (
    "{}={}", '"{}={}"', "'{}={}'", "{}=${{X:-{}}}", "U_URL=http://u:{1}@nobody:1", "{}={} # was"))  # fmt: skip
MAPPED = tuple(f"      {shape}".format for shape in (
    "{}: {}", "{}: '{}'", '{}: "{}"', "{}: {} # was", "{}: ${{X:-{}}}", "{0}: >-\n        {1}"))  # fmt: skip
DOCKER = ("ENV {}={}".format, "ARG {}={}".format, 'ENV {} "{}"'.format, "RUN echo {}={}".format, "# ENV {}={}".format)
PYTHON = ("{0} = os.getenv('{0}', '{1}')".format, "{} = '{}'".format, "# {} = '{}'".format,
          "os.environ['{}'] = \"{}\"".format, "{0} = os.environ.get('{0}') or '{1}'".format)  # fmt: skip
DART = ("  static const {} = '{}';".format, "  // {} = '{}'".format, "  final {0} = dotenv.env['{0}'] ?? '{1}';".format,
        "  static const {0} = String.fromEnvironment('{0}', defaultValue: '{1}');".format)  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_wherever_chance_puts_them(tmp_path: Path, seed: int) -> None:
    chance = Chance(seed)
    root = repository(tmp_path / "root", chance.files(), ignored=(".env",))
    nest = Nest(root, chance.new.made, 0)
    commands: list[tuple[str, ...]] = [("check", "--format", form, "--verbose") for form in FORMATS]
    commands += [("fix", "--diff", "--unsafe"), *(("why", name) for name in chance.names), ("why", "DATABASE_URL")]
    found = 0
    for command in (*commands, ("baseline",), ("fix", "--unsafe")):
        ran = run(root, *command, "--no-cache")
        assert ran.exit in (0, 1) or command[0] == "why", ran.stderr
        found += ran.stdout.count("error")
        nest.silent(ran)
    assert found > 20
    nest.silent(Ran(0, (root / ".configlint-baseline").read_text(encoding="utf-8"), ""))


def test_completion_proposes_none(nest: Nest) -> None:
    """What a shell asks for while somebody types."""
    for words in ("configlint check --select ", "configlint explain ", "configlint check ", "configlint why "):
        done = subprocess.run(
            [str(Path(sys.executable).with_name("configlint"))],
            cwd=nest.root,
            env={**HOMES, "PATH": "/usr/bin:/bin", "_CONFIGLINT_COMPLETE": "bash_complete", "COMP_WORDS": words,
                 "COMP_CWORD": str(len(words.split()))},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )  # fmt: skip
        nest.silent(Ran(done.returncode, done.stdout, done.stderr))
