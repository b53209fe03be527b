"""Routes: where they stand, how they are found across modules, and when there may be others."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.code.python.routes import Route, Routes, routes
from configlint.code.python.routes.patterns import angles, braces, expression
from configlint.engine.reasons import said
from configlint.formats.python.document import read
from configlint.model.cell import PathPattern
from configlint.model.reason import Reason
from configlint.model.text import Text

FASTAPI = "from fastapi import APIRouter, FastAPI\n"
PLAIN = "app = FastAPI(openapi_url=None)\n"


def served(content: str, name: str = "app", **others: str) -> Routes:
    files = {"main.py": content} | {key.replace("__", "/") + ".py": text for key, text in others.items()}
    return routes({path: read(path, text) for path, text in files.items()}, "main.py", name)


def shown(found: Routes) -> list[str]:
    return sorted(f"{','.join(route.methods) or '*'} {route.protocol} {route.pattern}" for route in found.routes)


def only(content: str, **others: str) -> Route:
    found = served(content, **others)
    assert found.complete, found.reason
    (route,) = found.routes
    return route


def test_a_route_stands_where_its_path_is_written() -> None:
    content = FASTAPI + PLAIN + '@app.get("/é/{id}")\nasync def f(): ...\n'
    route = only(content)
    assert content[route.place.start : route.place.end] == "/é/{id}"
    assert route.path.site is not None
    assert (route.methods, route.protocol, str(route.pattern), route.module) == (("GET",), "http", "/é/{…}", "main.py")


def test_an_included_route_is_of_the_module_that_writes_it() -> None:
    route = only(
        FASTAPI + PLAIN + "from api.users import router as users\napp.include_router(users, prefix='/api')\n",
        api__users=FASTAPI + "router = APIRouter(prefix='/users')\n@router.post('/{id}')\nasync def f(): ...\n",
    )
    assert (route.module, str(route.pattern), route.path.raw) == ("api/users.py", "/api/users/{…}", "/{id}")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("@app.websocket('/ws')\nasync def f(): ...", ["* ws /ws"]),
        ("@app.websocket_route('/ws')\nasync def f(): ...", ["* ws /ws"]),
        ("app.add_api_websocket_route('/ws', f)", ["* ws /ws"]),
        ("app.add_api_route('/a', f, methods=['PUT', 'delete'])", ["PUT,DELETE http /a"]),
        ("@app.api_route(path='/a')\nasync def f(): ...", ["GET http /a"]),
        ("@app.route('/a')\nasync def f(): ...", ["GET,HEAD http /a"]),
        ("app.router.add_route('/a', f, ['POST'])", ["POST http /a"]),
        ("r = APIRouter(prefix='/r')\n@r.get('')\nasync def f(): ...\napp.include_router(r)", ["GET http /r"]),
        ("for p in ('/a', '/b'):\n    app.add_api_route(p, f)", ["GET http /a", "GET http /b"]),
        ("r = APIRouter()\nr.get('/a')(f)\nfor x in [r]:\n    app.include_router(x)", ["GET http /a"]),
        (
            "import os\nP = os.getenv('PREFIX', '/v1')\nr = APIRouter(prefix=P)\nr.get('/a')(f)\napp.include_router(r)",
            ["GET http /v1/a"],
        ),
        (
            "from fastapi.staticfiles import StaticFiles\napp.mount('/s', StaticFiles(directory='s'))",
            ["GET,HEAD http /s/…"],
        ),
        (
            "sub = FastAPI(docs_url=None, redoc_url=None)\nsub.get('/a')(f)\napp.mount('/sub', sub)",
            ["GET http /sub/a", "GET,HEAD http /sub/openapi.json"],
        ),
        ("from other import wsgi\napp.mount('/x', wsgi)", ["* http /x/…", "* ws /x/…"]),
        ("def setup(a):\n    @a.get('/a')\n    async def f(): ...\nsetup(app)", ["GET http /a"]),
        ("def setup(a):\n    inner(a)\ndef inner(b):\n    b.add_api_route('/a', f)\nsetup(app)", ["GET http /a"]),
        (
            "class C:\n  def __init__(self):\n    self.r = APIRouter()\n    self.r.add_api_route('/a', self.f)\n"
            "c = C()\napp.include_router(c.r)",
            ["GET http /a"],
        ),
        ("class Own(APIRouter): pass\nr = Own(prefix='/o')\nr.get('/a')(f)\napp.include_router(r)", ["GET http /o/a"]),
        (
            "from fastapi.middleware.cors import CORSMiddleware as C\napp.add_middleware(C)\n"
            "import uvicorn\nuvicorn.run(app)",
            [],
        ),
        ("from fastapi.testclient import TestClient\nclient = TestClient(app)\nclient.get('/not-a-route')", []),
    ],
)
def test_fastapi(lines: str, expected: list[str]) -> None:
    found = served(FASTAPI + "async def f(): ...\n" + PLAIN + lines)
    assert found.complete, found.reason
    assert shown(found) == expected


def test_the_pages_of_fastapi_itself() -> None:
    assert shown(served(FASTAPI + "app = FastAPI()")) == [
        "GET,HEAD http /docs",
        "GET,HEAD http /docs/oauth2-redirect",
        "GET,HEAD http /openapi.json",
        "GET,HEAD http /redoc",
    ]
    assert shown(served(FASTAPI + "app = FastAPI(docs_url=None, openapi_url='/v1/openapi.json')")) == [
        "GET,HEAD http /redoc",
        "GET,HEAD http /v1/openapi.json",
    ]


def test_starlette_lists() -> None:
    found = served(
        "from starlette.applications import Starlette\n"
        "from starlette.routing import Mount, Route, WebSocketRoute\n"
        "from starlette.staticfiles import StaticFiles\n"
        "users = [Route('/{name}', f, methods=['POST'])]\n"
        "ROUTES = [Route('/', f), WebSocketRoute('/ws', w), Mount('/users', routes=users)]\n"
        "app = Starlette(routes=ROUTES + [Mount('/s', app=StaticFiles(directory='s'))])\n"
    )
    assert found.complete
    assert shown(found) == ["* ws /ws", "GET,HEAD http /", "GET,HEAD http /s/…", "POST http /users/{…}"]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("for p in load():\n    app.add_api_route(p, f)", "a route is known only at run time"),
        ("r = APIRouter(prefix=load())\nr.get('/a')(f)\napp.include_router(r)", "a route is known only at run time"),
        ("app.include_router(load())", "what is included is known only at run time"),
        ("for m in load():\n    app.include_router(m.router)", "what is included is known only at run time"),
        ("from elsewhere import setup\nsetup(app)", "setup() may add routes"),
        (
            "from prometheus_fastapi_instrumentator import Instrumentator as I\nI().instrument(app).expose(app)",
            "may add routes",
        ),
        ("class S:\n    def __init__(self, a): self.a = a\nS(app)", "S() may add routes"),
        (
            "def setup(a):\n    a.include_router(r)\nload(setup)",
            "a is not followed",
        ),
        (
            "class S:\n  def __init__(self, a):\n    self.a = a\n"
            "  def go(self):\n    @self.a.get('/x')\n    def f(): ...",
            "self.a is not followed",
        ),
        ("app.mount('/', load())", "what is included is known only at run time"),
        ("app.host('api.example.org', other)", "what host() serves"),
        ("app.router.routes", ""),
    ],
)
def test_what_may_serve_further_paths_is_told(lines: str, reason: str) -> None:
    found = served(FASTAPI + "async def f(): ...\n" + PLAIN + lines)
    assert found.complete is (reason == "")
    assert reason in said(found.reason)


def test_a_module_that_cannot_be_parsed_makes_the_answer_incomplete() -> None:
    found = served(FASTAPI + PLAIN, broken="def (")
    assert (found.complete, found.reason) == (False, Reason("unreadable-file", "broken.py"))


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        ("def make():\n    a = FastAPI(openapi_url=None)\n    a.get('/a')(f)\n    return a", "make", ["GET http /a"]),
        (
            "api = FastAPI(openapi_url=None)\napi.get('/a')(f)\nfrom m import M\napp = SomeMiddleware(api)",
            "app",
            ["GET http /a"],
        ),
        (
            "class S:\n  def __init__(self):\n    self.app = FastAPI(openapi_url=None)\n"
            "    self.app.get('/a')(f)\ns = S()",
            "s.app",
            ["GET http /a"],
        ),
    ],
)
def test_the_application_that_a_server_is_told_to_run(content: str, name: str, expected: list[str]) -> None:
    assert shown(served(FASTAPI + "async def f(): ...\n" + content, name)) == expected


def test_without_a_name_every_application_is_read_that_no_other_one_includes() -> None:
    content = FASTAPI + "sub = FastAPI(openapi_url=None)\nsub.get('/a')(f)\n" + PLAIN + "app.mount('/sub', sub)\n"
    found = routes({"main.py": read("main.py", content)})
    assert (shown(found), found.complete) == (["GET http /sub/a"], True)
    assert not routes({"main.py": read("main.py", "import os\n")}).complete
    assert not served(content, "nothing").complete
    assert not served(content, "1 +").complete


FLASK = "from flask import Blueprint, Flask\napp = Flask(__name__, static_folder=None)\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("@app.route('/a/<int:id>', methods=['post'])\ndef f(id): ...", ["POST,OPTIONS http /a/{…}"]),
        ("app.add_url_rule('/a', view_func=View.as_view('v'))", ["* http /a"]),
        (
            "b = Blueprint('b', __name__, None, None, url_prefix='/b')\nb.get('/a')(f)\napp.register_blueprint(b)",
            ["GET,HEAD,OPTIONS http /b/a"],
        ),
        (
            "b = Blueprint('b', __name__, url_prefix='/b')\nb.get('/')(f)\napp.register_blueprint(b, url_prefix='/c')",
            ["GET,HEAD,OPTIONS http /c/"],
        ),
        ("from flask_sock import Sock\nsock = Sock(app)\n@sock.route('/echo')\ndef e(ws): ...", ["* ws /echo"]),
        (
            "from flask_sock import Sock\nsock = Sock()\n@sock.route('/echo')\ndef e(ws): ...\nsock.init_app(app)",
            ["* ws /echo"],
        ),
        ("from flask_socketio import SocketIO\nSocketIO(app)", ["* http /socket.io/…", "* ws /socket.io/…"]),
        (
            "from flask_restful import Api\napi = Api(app, '/v1')\napi.add_resource(R, '/a', '/b/<id>')",
            ["* http /v1/a", "* http /v1/b/{…}"],
        ),
        (
            "from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\ndb.init_app(app)\n"
            "from flask_cors import CORS\nCORS(app)",
            [],
        ),
    ],
)
def test_flask(lines: str, expected: list[str]) -> None:
    found = served(FLASK + lines)
    assert found.complete, found.reason
    assert shown(found) == expected


def test_a_view_of_aiohttp_that_is_not_seen_may_speak_both() -> None:
    content = "from aiohttp import web\nfrom views import f\napp = web.Application()\napp.router.add_get('/a', f)\n"
    assert shown(served(content)) == ["GET,HEAD http /a", "GET,HEAD ws /a"]
    views = "from aiohttp.web import WebSocketResponse as W\nimport aiohttp.web\nasync def f(r): return 1\n"
    assert shown(served(content, views=views)) == ["GET,HEAD http /a"]


def test_django_with_its_frameworks() -> None:
    files = {
        "site/settings.py": "ROOT_URLCONF = 'site.urls'\nMEDIA_URL = '/uploads/'\n",
        "site/asgi.py": "from django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n",
        "site/urls.py": (
            "from django.conf import settings\nfrom django.conf.urls.static import static\n"
            "from django.contrib import admin\nfrom django.urls import include, path\n"
            "from rest_framework.routers import DefaultRouter\nfrom .views import Users\n"
            "router = DefaultRouter()\nrouter.register(r'users', Users)\n"
            "urlpatterns = [path('admin/', admin.site.urls), path('api/', include(router.urls)), "
            "path('auth/', include('djoser.urls'))]\n"
            "if settings.DEBUG:\n    urlpatterns += static(settings.MEDIA_URL)\n"
        ),
        "other/urls.py": "from django.urls import path\nurlpatterns = [path('never/', v)]\n",
        "chat/routing.py": (
            "from channels.routing import URLRouter\nfrom django.urls import re_path\n"
            "websocket_urlpatterns = [re_path(r'ws/(?P<room>\\w+)/$', C.as_asgi())]\n"
            "R = URLRouter(websocket_urlpatterns)\n"
        ),
    }
    found = routes({path: read(path, content) for path, content in files.items()}, "site/asgi.py", "application")
    assert found.complete, found.reason
    assert shown(found) == [
        "* http /admin/…",
        "* http /api",
        "* http /api/users/…",
        "* http /auth/…",
        "* http /uploads/…",
        "* ws /ws/{…}",
    ]


def test_including_in_a_circle_ends() -> None:
    content = (
        FASTAPI + PLAIN + "r = APIRouter(prefix='/r')\nr.get('/a')(f)\nr.include_router(r)\napp.include_router(r)\n"
    )
    assert shown(served(content)) == ["GET http /r/a"]
    many = "".join(
        f"r{i} = APIRouter()\nr{i}.include_router(r{i + 1})\nr{i}.include_router(r{i + 1}, prefix='/x')\n"
        for i in range(30)
    )
    assert (
        len(served(FASTAPI + "r30 = APIRouter()\nr30.get('/a')(f)\n" + many + PLAIN + "app.include_router(r0)").routes)
        <= 6000
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("/a/{b}/c", "/a/{…}/c"),
        ("/a/{b:int}.json", "/a/{…}.json"),
        ("/a/{b:path}", "/a/…"),
        ("/a-{b:path}/c", "/a-{…}/…"),
        ("/{b:\\d{3}}", "/{…}"),
        ("/{b:.*}", "/…"),
        ("/{b:[^/.]+}/c", "/{…}/c"),
        ("/{unclosed", "/{unclosed"),
        ("", "/"),
    ],
)
def test_braces(source: str, expected: str) -> None:
    assert str(braces(Text.assumed(source))) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("/a/<b>/c", "/a/{…}/c"),
        ("/a/<int(min=1):b>", "/a/{…}"),
        ("<path:b>", "/…"),
        ("/<any(x, y):b>.txt", "/{…}.txt"),
        ("/a<b", "/a<b"),
    ],
)
def test_angles(source: str, expected: str) -> None:
    assert str(angles(Text.assumed(source))) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("^a/(?P<b>[0-9]{4})/$", "/a/{…}"),
        ("^a/\\d+\\.json$", "/a/{…}.json"),
        ("^a/", "/a/…"),
        ("^a", "/a{…}/…"),
        ("^(?P<p>.*)$", "/…"),
        ("^a/(b|c)/$", "/a/{…}"),
        ("^a/(b/)?$", "/a/…"),
        ("^ab?$", "/a{…}/…"),
        ("^$", "/"),
    ],
)
def test_expressions(source: str, expected: str) -> None:
    assert str(expression(Text.assumed(source))) == expected


PIECES = st.sampled_from(
    [
        "a",
        "b/",
        "/",
        "-",
        "\\.",
        "(?P<x>[^/]+)",
        "(\\d+)",
        "[a-c]",
        "\\w+",
        "x?",
        "y*",
        "(c/)?",
        "(d|e/f)",
        ".",
        ".*",
        "[^a]",
        "z{2}",
        "(?:a/b)+",
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(PIECES, max_size=6).map(lambda parts: "".join(parts).replace("(?P<x>", "(", 9)), st.booleans(), st.data()
)
def test_a_pattern_takes_every_path_that_the_expression_takes(body: str, ended: bool, data: st.DataObject) -> None:
    source = f"^{body}{'$' if ended else ''}"
    path = data.draw(
        st.from_regex(re.compile(source, re.ASCII), fullmatch=ended).filter(lambda text: text.isprintable())
    )
    if "" in path.strip("/").split("/") and path != "":
        return
    pattern = expression(Text.assumed(source))
    assert pattern is not None
    assert pattern.same(PathPattern.of(path))


def test_a_path_that_is_not_known_has_no_pattern() -> None:
    for read_path in (braces, angles, expression):
        assert read_path(Text.unknown(Reason("runtime"))) is None


def _chain(first: str, link: str, count: int, last: str) -> str:
    """`first`, then `link` for each number with the one before it, then `last` with the final one."""
    links = "".join(link.format(here=number, before=number - 1) for number in range(1, count + 1))
    return first + links + last.format(last=count)


_ROUTE = "@r0.get('/x')\nasync def f(): ...\n"
NESTED = {
    "routers": _chain(
        FASTAPI + f"r0 = APIRouter()\n{_ROUTE}",
        "r{here} = APIRouter()\nr{here}.include_router(r{before}, prefix='/p')\n",
        1200,
        PLAIN + "app.include_router(r{last})\n",
    ),
    "both ways": _chain(
        FASTAPI + f"r0 = APIRouter()\n{_ROUTE}",
        "r{here} = APIRouter()\n" + "r{here}.include_router(r{before}, prefix='/p')\n" * 2,
        40,
        PLAIN + "app.include_router(r{last})\n",
    ),
    "middlewares": _chain(
        f"from fastapi import FastAPI\nfrom m import W\nr0 = FastAPI(openapi_url=None)\n{_ROUTE}",
        "r{here} = W(r{before}, r{before})\n",
        1200,
        "app = r{last}\n",
    ),
    "mounts": _chain(
        "from starlette.applications import Starlette\nfrom starlette.routing import Mount, Route\n"
        "r0 = [Route('/x', f)]\n",
        "r{here} = [Mount('/p', routes=r{before})]\n",
        1200,
        "app = Starlette(routes=r{last})\n",
    ),
    "mounted applications": _chain(
        "from starlette.applications import Starlette\nfrom starlette.routing import Mount, Route\n"
        "r0 = Starlette(routes=[Route('/x', f)])\n",
        "r{here} = Starlette(routes=[Mount('/p', app=r{before})])\n",
        1200,
        "app = r{last}\n",
    ),
    "blueprints": _chain(
        f"from flask import Blueprint, Flask\nr0 = Blueprint('r0', __name__)\n{_ROUTE}",
        "r{here} = Blueprint('r{here}', __name__, url_prefix='/p')\nr{here}.register_blueprint(r{before})\n",
        1200,
        "app = Flask(__name__)\napp.register_blueprint(r{last})\n",
    ),
}


@pytest.mark.parametrize("content", NESTED.values(), ids=NESTED)
@pytest.mark.parametrize("name", ["app", ""])
def test_what_is_nested_too_deep_is_not_followed_and_said(content: str, name: str) -> None:
    found = served(content, name)
    assert not found.complete
    assert found.reason is not None
    assert found.reason.code in ("too-deep", "more-routes", "may-add-routes")


@pytest.mark.parametrize("count", [1, 40])
def test_what_people_nest_is_followed(count: int) -> None:
    content = _chain(
        FASTAPI + f"r0 = APIRouter()\n{_ROUTE}",
        "r{here} = APIRouter()\nr{here}.include_router(r{before}, prefix='/p')\n",
        count,
        PLAIN + "app.include_router(r{last})\n",
    )
    assert shown(served(content)) == [f"GET http {'/p' * count}/x"]
