"""Languages answer the same questions; one that is not understood has nothing to say."""

from configlint.code.languages import language_of
from configlint.formats import dart
from configlint.formats.dart import DartDocument
from configlint.formats.python.document import PythonDocument, read
from configlint.model.document import Document

SERVICE = """\
import os, httpx, uvicorn
from dotenv import load_dotenv
from fastapi import FastAPI
load_dotenv("settings.env")
TOKEN = os.environ["TOKEN"]
LEVEL = os.getenv("LEVEL", "info")
app = FastAPI()
@app.get("/items")
def items(): return httpx.get(os.environ["BACKEND"] + "/all")
uvicorn.run(app, port=9000)
"""
APP = """\
import 'package:flutter_dotenv/flutter_dotenv.dart';
void main() async {
  await dotenv.load(fileName: 'app.env', isOptional: true);
}
"""


def environment(name: str) -> None:
    """Nothing is set."""


def program(content: str = SERVICE) -> dict[str, PythonDocument]:
    return {"app/main.py": read("app/main.py", content)}


def app(content: str = APP) -> dict[str, DartDocument]:
    return {"lib/main.dart": dart.read("lib/main.dart", content)}


def test_python_answers_every_question() -> None:
    language, modules = language_of("app/main.py"), program()
    module = modules["app/main.py"]
    reads = language.reads(module, modules)
    assert {read.name.raw: read.default and read.default.raw for read in reads.variables} == {
        "TOKEN": None, "LEVEL": "info", "BACKEND": None,
    }  # fmt: skip
    assert not reads.dynamic
    assert [file.path.raw for file in language.loads(modules)] == ["settings.env"]
    assert language.may_call(module)
    assert [(call.method, call.protocol) for call in language.calls(module, environment, modules)] == [("GET", "http")]
    served = language.serves(modules, "app/main.py", "app", environment)
    assert "/items" in {route.path.raw for route in served.routes}
    assert [run.port and run.port.raw for run in language.starts(module, environment, modules)] == ["9000"]


def test_modules_that_cannot_be_parsed_say_nothing_and_silence_no_other() -> None:
    language = language_of("app/main.py")
    broken = read("app/broken.py", "import httpx, uvicorn, os\nos.environ['A'] = = 1\n")
    modules = {"app/broken.py": broken, **program()}
    assert language.reads(broken, modules).variables == ()
    assert len(language.reads(modules["app/main.py"], modules).variables) == 3
    assert [file.path.raw for file in language.loads(modules)] == ["settings.env"]
    assert not language.may_call(broken)
    assert language.calls(broken, environment, modules) == ()
    assert language.starts(broken, environment, modules) == ()


def test_dart_loads_files_of_a_bundle() -> None:
    language, modules = language_of("lib/main.dart"), app()
    (file,) = language.loads(modules)
    assert (file.path.raw, file.optional, file.reach) == ("app.env", True, "always")
    assert file.place.path == "lib/main.dart"
    assert APP[file.place.start : file.place.end].startswith("await dotenv.load(")


def test_an_app_has_no_environment_of_a_process_and_serves_nothing() -> None:
    language, modules = language_of("lib/main.dart"), app()
    module = modules["lib/main.dart"]
    assert language.reads(module, modules).variables == ()
    assert language.calls(module, environment, modules) == ()
    assert language.starts(module, environment, modules) == ()
    assert not language.serves(modules, "lib/main.dart", "", environment).complete


def test_a_file_of_another_kind_has_nothing_to_say() -> None:
    for path in ("main.rb", "Makefile", "py", "a.py/data"):
        document = Document(path=path, content=SERVICE)
        language = language_of(path)
        assert language.reads(document, {path: document}).variables == ()
        assert language.loads({path: document}) == ()
        assert not language.may_call(document)
