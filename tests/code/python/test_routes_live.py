"""The routes read from source, held against what the running frameworks answer.

Small programs are put together at random and written to disk; each framework then says, in a process of its own, which
of many requests one of their handlers takes.
"""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from configlint.code.language import Routes
from configlint.code.python.routes import routes
from configlint.formats.python.document import read
from configlint.model.cell import PathPattern

Files = dict[str, str]
Probe = tuple[str, str]
"""A method, or `WS`, and a path."""

PROGRAMS = 60
PROBES = 60
WORDS = ("a", "b", "h", "1", "x-y", "sub", "docs")

_COMMON = """
import asyncio, importlib, json, sys

def load(folder, name):
    sys.path.insert(0, folder)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(folder)
        for key, module in list(sys.modules.items()):
            if (getattr(module, "__file__", "") or "").startswith(folder):
                del sys.modules[key]

async def answers(serves):
    for folder, probes in json.load(sys.stdin):
        app = load(folder, "main")
        yield [bool(await serves(app, method, path)) for method, path in probes]

async def main(serves):
    print(json.dumps([answer async for answer in answers(serves)]))
"""

_FASTAPI = """
async def serves(module, method, path):
    sent = []
    async def receive():
        if method == "WS":
            return {"type": "websocket.connect"}
        return {"type": "http.request", "body": b"", "more_body": False}
    async def send(message):
        sent.append(message)
    scope = {"path": path, "raw_path": path.encode(), "query_string": b"", "headers": [], "root_path": "",
             "scheme": "http", "http_version": "1.1", "server": ("h", 80), "client": ("h", 1), "subprotocols": []}
    scope |= {"type": "websocket"} if method == "WS" else {"type": "http", "method": method}
    await module.app(scope, receive, send)
    if method == "WS":
        return sent[0]["type"] == "websocket.accept"
    return sent[0]["status"] not in (404, 405)
asyncio.run(main(serves))
"""

_FLASK = """
from werkzeug.exceptions import MethodNotAllowed, NotFound
async def serves(module, method, path):
    try:
        module.app.url_map.bind("h").match(path, method=method)
    except (MethodNotAllowed, NotFound):
        return False
    return True
asyncio.run(main(serves))
"""

_AIOHTTP = """
from aiohttp.test_utils import make_mocked_request
async def serves(module, method, path):
    verb = "GET" if method == "WS" else method
    found = await module.app.router.resolve(make_mocked_request(verb, path))
    if found.http_exception is not None:
        return False
    return found.handler.__name__.startswith("ws") is (method == "WS")
asyncio.run(main(serves))
"""

_DJANGO = """
from django.conf import settings
from django.urls import Resolver404, resolve
settings.configure(SECRET_KEY="made-up", INSTALLED_APPS=[])
async def serves(module, method, path):
    try:
        resolve(path, urlconf=module)
    except Resolver404:
        return False
    return True
asyncio.run(main(serves))
"""


def oracle(program: str, cases: list[tuple[str, list[Probe]]]) -> list[list[bool]]:
    """For each folder, which of its probes a handler of the running program takes."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _COMMON + program],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[list[bool]] = json.loads(done.stdout)
    return found


def ours(found: Routes, method: str, path: str) -> bool:
    asked = PathPattern.of(path)
    protocol = "ws" if method == "WS" else "http"
    return any(
        route.protocol == protocol
        and (method == "WS" or not route.methods or method in route.methods)
        and route.pattern.same(asked)
        for route in found.routes
    )


def probes(found: Routes, chance: random.Random, methods: tuple[str, ...]) -> list[Probe]:
    """Requests for paths that are served, for such with a change, and for arbitrary ones."""
    paths = ["/" + "/".join(chance.choices(WORDS, k=chance.randrange(4))) for _ in range(PROBES // 3)]
    for route in chance.choices(found.routes, k=PROBES * 2 // 3) if found.routes else ():
        segments = [chance.choice(WORDS).join(pieces) for pieces in route.pattern.segments]
        # An empty rest is where the frameworks differ, and nobody asks for it.
        segments += chance.choices(WORDS, k=chance.randrange(1, 3)) if route.pattern.rest else []
        if chance.random() < 0.2:
            segments.append(chance.choice(WORDS))
        paths.append("/" + "/".join(segments))
    bare = {str(route.pattern).removesuffix("/…") for route in found.routes if route.pattern.rest}
    # Nor does anybody ask for the bare prefix of a mounted application, from which they redirect.
    return [(chance.choice(methods), path) for path in paths if path not in bare | {"/sub"}]


def compare(
    folder: Path, program: str, generate: Callable[[random.Random], Files], methods: tuple[str, ...], end: str = ""
) -> None:
    cases: list[tuple[str, list[Probe]]] = []
    answers: list[Routes] = []
    for seed in range(PROGRAMS):
        chance = random.Random(seed)
        files = generate(chance)
        home = folder / f"case{seed}"
        for name, content in files.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(content)
        found = routes(
            {name: read(name, content) for name, content in files.items()}, *(("main.py", "app") if not end else ())
        )
        assert found.complete, (seed, found.reason)
        answers.append(found)
        cases.append(
            (
                str(home),
                [(method, path.rstrip("/") + end if end else path) for method, path in probes(found, chance, methods)],
            )
        )
    wrong = [
        (seed, method, path, theirs)
        for seed, ((_, asked), found, replies) in enumerate(zip(cases, answers, oracle(program, cases), strict=True))
        for (method, path), theirs in zip(asked, replies, strict=True)
        if ours(found, method, path) is not theirs
    ]
    assert wrong == []
    replied = [reply for replies in oracle(program, cases[:10]) for reply in replies]
    assert True in replied
    assert False in replied


PATHS = ("/h", "/a", "/{id}", "/a/{id}/b", "/f/{rest:path}", "/x-{part}", "/{one}/{two}")


def fastapi_program(chance: random.Random) -> Files:
    """A FastAPI application whose routers stand in modules of their own and include each other."""

    def handlers(name: str, count: int) -> list[str]:
        lines = []
        for index in range(count):
            path = chance.choice(PATHS)
            form = chance.randrange(5)
            if form == 0:
                lines.append(
                    f"@{name}.websocket({path!r})\n"
                    f"async def {name}_w{index}(websocket: WebSocket):\n    await websocket.accept()"
                )
            elif form == 1:
                lines.append(f"{name}.add_api_route({path!r}, plain, methods=['POST', 'PUT'])")
            else:
                method = chance.choice(["get", "post", "put"])
                lines.append(f"@{name}.{method}({path!r})\nasync def {name}_h{index}(request: Request): return {{}}")
        return lines

    head = "from fastapi import APIRouter, FastAPI, Request, WebSocket\nasync def plain(request: Request): return {}\n"
    files = {}
    names: list[str] = []
    for index in range(chance.randrange(1, 4)):
        prefix = chance.choice(["''", "'/b'", f"'/{{tenant{index}}}'", "BASE + '/b'"])
        lines = ["BASE = '/v1'", f"router = APIRouter(prefix={prefix})", *handlers("router", chance.randrange(1, 4))]
        if names and chance.random() < 0.5:
            child = names.pop()
            lines += [
                f"import {child} as inner",
                f"router.include_router(inner.router, prefix={chance.choice(['', '/in'])!r})",
            ]
        files[f"part{index}.py"] = head + "\n".join(lines) + "\n"
        names.append(f"part{index}")
    options = chance.choice(["", "docs_url=None", "openapi_url=None", "redoc_url='/r'"])
    lines = [f"app = FastAPI({options})", *handlers("app", chance.randrange(3))]
    for name in names:
        lines += [
            f"from {name} import router as {name}",
            f"app.include_router({name}, prefix={chance.choice(['', '/api', '/api/v1'])!r})",
        ]
    if chance.random() < 0.4:
        lines += ["sub = FastAPI()", *handlers("sub", 2), "app.mount('/sub', sub)"]
    files["main.py"] = head + "\n".join(lines) + "\n"
    return files


FLASK_PATHS = ("/h", "/a", "/<id>", "/a/<string:id>/b", "/f/<path:rest>", "/x-<part>", "/<one>/<two>")


def flask_program(chance: random.Random) -> Files:
    """A Flask application made by a function, with blueprints in modules of their own."""
    count = 0

    def handlers(name: str, number: int) -> list[str]:
        nonlocal count
        lines = []
        for _ in range(number):
            count += 1
            path = chance.choice(FLASK_PATHS)
            form = chance.randrange(4)
            if form == 0:
                lines.append(f"{name}.add_url_rule({path!r}, 'e{count}', lambda **k: 'x', methods=['POST'])")
            elif form == 1:
                lines.append(f"@{name}.route({path!r}, methods=['PUT', 'GET'])\ndef h{count}(**k): return 'x'")
            else:
                lines.append(f"@{name}.{chance.choice(['get', 'post'])}({path!r})\ndef h{count}(**k): return 'x'")
        return lines

    files: Files = {}
    names: list[str] = []
    for index in range(chance.randrange(1, 4)):
        prefix = chance.choice(["", ", url_prefix='/b'", f", url_prefix='/<tenant{index}>'"])
        lines = ["from flask import Blueprint", f"bp = Blueprint('part{index}', __name__{prefix})"]
        lines += handlers("bp", chance.randrange(1, 4))
        if names and chance.random() < 0.5:
            given = chance.choice(["", ", url_prefix='/in'"])
            lines += [f"from {names.pop()} import bp as inner", f"bp.register_blueprint(inner{given})"]
        files[f"part{index}.py"] = "\n".join(lines) + "\n"
        names.append(f"part{index}")
    static = chance.choice(["", ", static_folder=None", ", static_url_path='/files'"])
    body = [f"app = Flask(__name__{static})", *"\n".join(handlers("app", chance.randrange(3))).splitlines()]
    for name in names:
        given = chance.choice(["", ", url_prefix='/api'"])
        body += [f"from {name} import bp as {name}", f"app.register_blueprint({name}{given})"]
    files["main.py"] = "\n".join(
        [
            "from flask import Flask",
            "def make():",
            *(f"    {line}" for line in body),
            "    return app",
            "app = make()",
            "",
        ]
    )
    return files


def aiohttp_program(chance: random.Random) -> Files:
    """An aiohttp application with tables, lists and applications below it."""
    head = (
        "from aiohttp import web\nasync def plain(request): ...\n"
        "async def ws_plain(request):\n    ws = web.WebSocketResponse()\n"
    )

    # Paths that overlap are refused, or hide each other; so these do not.
    paths = ["/a", "/a/{id}", "/b/{rest:.+}", "/h/{x}/a", "/h/{x}/b", "/1/{one}/{two:[^/]+}", "/x-{part}", "/docs"]
    paths += ["/h", "/1", "/docs/{id}"]
    chance.shuffle(paths)
    path = paths.pop
    lines = ["table = web.RouteTableDef()"]
    for index in range(chance.randrange(4)):
        kind = chance.choice(["get", "post", "put"])
        lines.append(f"@table.{kind}({path()!r})\nasync def t{index}(request): ...")
    lines.append("def setup(target):")
    for _ in range(chance.randrange(1, 4)):
        handler = chance.choice(["plain", "ws_plain"])
        verb = "get" if handler == "ws_plain" else chance.choice(["get", "post", "delete"])
        lines.append(f"    target.router.add_{verb}({path()!r}, {handler})")
    lines += ["    target.add_routes(table)" if chance.random() < 0.5 else "    pass"]
    lines += ["app = web.Application()", "setup(app)"]
    lines.append(f"app.add_routes([web.get({path()!r}, plain), web.route('*', {path()!r}, plain)])")
    if chance.random() < 0.5:
        lines += [
            "sub = web.Application()",
            f"sub.router.add_route('POST', {path()!r}, plain)",
            "app.add_subapp('/sub', sub)",
        ]
    return {"main.py": head + "\n".join(lines) + "\n"}


EXPRESSIONS = ("^h/$", "^(?P<x>[^/]+)/b/$", "^a/(?P<x>[\\w-]+)/$", "^x-(?P<y>[^/]+)/$", "^open/")


def django_program(chance: random.Random) -> Files:
    """Modules of Django that include each other."""

    def pattern() -> str:
        if chance.random() < 0.4:
            return f"re_path({chance.choice(EXPRESSIONS)!r}, view)"
        return f"path({chance.choice(['', 'h/', 'a/<str:x>/', '<slug:x>/', 'f/<path:rest>/', 'x-<str:y>/'])!r}, view)"

    head = "from django.urls import include, path, re_path\ndef view(request, **k): ...\n"
    files = {}
    for index in range(2):
        files[f"part{index}.py"] = (
            head + f"urlpatterns = [{', '.join(pattern() for _ in range(chance.randrange(1, 4)))}]\n"
        )
    lines = [
        f"own = [{pattern()}]",
        f"urlpatterns = [{pattern()}, path('in/', include('part0')), path('own/', include(own))]",
    ]
    lines += ["urlpatterns += [re_path(r'^deep/', include('part1'))]", f"urlpatterns = urlpatterns + [{pattern()}]"]
    files["main.py"] = head + "\n".join(lines) + "\n"
    return files


@pytest.mark.parametrize(
    ("program", "generate", "methods"),
    [
        (_FASTAPI, fastapi_program, ("GET", "POST", "PUT", "HEAD", "WS")),
        (_FLASK, flask_program, ("GET", "POST", "PUT", "HEAD", "OPTIONS")),
        (_AIOHTTP, aiohttp_program, ("GET", "POST", "DELETE", "HEAD", "WS")),
    ],
    ids=["fastapi", "flask", "aiohttp"],
)
def test_what_is_read_is_what_is_served(
    program: str, generate: Callable[[random.Random], Files], methods: tuple[str, ...], tmp_path: Path
) -> None:
    compare(tmp_path, program, generate, methods)


def test_what_is_read_of_django_is_what_is_served(tmp_path: Path) -> None:
    compare(tmp_path, _DJANGO, django_program, ("GET", "POST"), end="/")
