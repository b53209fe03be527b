"""The calls that a program makes to other servers."""

import pytest

from configlint.code.language import Call
from configlint.code.python.clients import calls
from configlint.formats.python.document import read
from configlint.model.text import UNKNOWN, Text


def made(content: str, **variables: str) -> tuple[Call, ...]:
    given = {name: Text.assumed(value) for name, value in variables.items()}
    return calls(read("probe.py", content), given.get)


def shown(content: str, **variables: str) -> list[str]:
    return [
        f"{call.method or call.protocol} {call.url.raw.replace(UNKNOWN, '…')}" for call in made(content, **variables)
    ]


BASE = "import os, requests, httpx, aiohttp\nBASE = os.getenv('URL', 'http://h:8006')\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "requests.get(f'{BASE}/health')\nrequests.post(BASE + '/a', json={})",
            ["GET http://h:8006/health", "POST http://h:8006/a"],
        ),
        ("requests.request('PATCH', url=BASE)", ["PATCH http://h:8006"]),
        ("requests.request(verb(), BASE)", ["http http://h:8006"]),
        ("import requests as r\nr.delete(url=f'{BASE}/{id}/x')", ["DELETE http://h:8006/…/x"]),
        ("s = requests.Session()\ns.put(BASE)", ["PUT http://h:8006"]),
        ("with requests.Session() as s:\n    s.get(BASE)", ["GET http://h:8006"]),
        ("httpx.stream('GET', BASE)", ["GET http://h:8006"]),
        (
            "c = httpx.Client(base_url=BASE + '/v1/')\nc.get('/a')\nc.get('b')\nc.get('http://o/c')",
            ["GET http://h:8006/v1/a", "GET http://h:8006/v1/b", "GET http://o/c"],
        ),
        (
            "async def f():\n    async with httpx.AsyncClient(base_url=BASE) as c:\n        await c.post('/a')",
            ["POST http://h:8006/a"],
        ),
        (
            "async def f():\n  async with aiohttp.ClientSession() as s:\n"
            "    async with s.get(BASE) as r: pass\n    s.ws_connect('ws://h/ws')",
            ["GET http://h:8006", "ws ws://h/ws"],
        ),
        ("s = aiohttp.ClientSession('http://h/v1/')\ns.get('a')\ns.get('/a')", ["GET http://h/v1/a", "GET http://h/a"]),
        (
            "from urllib.request import Request as R, urlopen\nurlopen(BASE)\nurlopen(R(BASE, data=b'x'))\n"
            "r = R(BASE, method='PUT')\nurlopen(r)",
            ["GET http://h:8006", "POST http://h:8006", "PUT http://h:8006"],
        ),
        (
            "import websockets\nasync def f():\n    async with websockets.connect(f'ws://h:8006/s') as w: pass",
            ["ws ws://h:8006/s"],
        ),
        ("from websockets.sync.client import connect\nconnect(uri='ws://h/s')", ["ws ws://h/s"]),
        (
            "import websocket\nwebsocket.create_connection('ws://h/a')\nwebsocket.WebSocketApp('ws://h/b')\nw = websocket.WebSocket()\nw.connect('ws://h/c')",
            ["ws ws://h/a", "ws ws://h/b", "ws ws://h/c"],
        ),
        ("from urllib.parse import urljoin\nrequests.get(urljoin(BASE, '/a'))", ["GET http://h:8006/a"]),
        (
            "def f():\n    url = f'{BASE}/a'\n    try:\n        r = requests.get(url)\n    except OSError: pass",
            ["GET http://h:8006/a"],
        ),
        (
            "def f(session):\n    session.post(f'{BASE}/a')\n    session.get('/relative')\n    cache.get(BASE)",
            ["POST http://h:8006/a"],
        ),
        ("def f(c: httpx.AsyncClient | None):\n    c.get('/a')", ["GET /a"]),
        (
            "class C:\n  def __init__(self):\n    self.base = BASE.rstrip('/')\n    self.s = requests.Session()\n"
            "  def f(self):\n    self.s.get(f'{self.base}/a')",
            ["GET http://h:8006/a"],
        ),
        ("requests.get(unknown())", ["GET …"]),
        ("ws = BASE.replace('http', 'ws')\nimport websockets\nwebsockets.connect(ws + '/s')", ["ws ws://h:8006/s"]),
    ],
)
def test_calls(lines: str, expected: list[str]) -> None:
    assert shown(BASE + lines) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "def call(path):\n    return requests.post(f'{BASE}{path}')\ncall('/a')\ncall('/b')",
            ["POST http://h:8006/a", "POST http://h:8006/b"],
        ),
        (
            "def call(url):\n    return requests.get(url)\ndef probe(path): call(BASE + path)\nprobe('/a')",
            ["GET http://h:8006…", "GET http://h:8006/a"],
        ),
        (
            "def call(method, path):\n  url = BASE + path\n  return requests.request(method, url)\ncall('put', '/a')",
            ["PUT http://h:8006/a"],
        ),
        (
            "class C:\n  def __init__(self, base):\n    self.base = base\n"
            "  def a(self):\n    requests.get(f'{self.base}/a')\nC(BASE).a()",
            ["GET http://h:8006/a"],
        ),
        (
            "def main(base='http://d:1'):\n    requests.get(f'{base}/a')\nif __name__ == '__main__':\n    main()",
            ["GET http://d:1/a"],
        ),
        ("def never(base):\n    requests.get(f'{base}/a')", ["GET …/a"]),
    ],
)
def test_calls_through_functions_are_told_where_the_url_is_known(lines: str, expected: list[str]) -> None:
    assert shown(BASE + lines) == expected


@pytest.mark.parametrize(
    "lines",
    [
        "from fastapi.testclient import TestClient\nTestClient(app).get('/a')",
        "httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url='http://test').get('/a')",
        "requests = {}\nrequests.get('http://h')",
        "import respx\nrespx.get('http://h/a')",
        "d = {}\nd.get('http://h')",
        "# requests.get('http://h')\n'requests.get(1)'",
    ],
)
def test_what_calls_no_server(lines: str) -> None:
    assert shown("import httpx\n" + lines) == []


def test_each_part_of_a_url_has_its_place() -> None:
    content = 'import requests\n\nBASE = "http://192.168.1.44:8006"\nrequests.post(f"{BASE}/streaming/session")\n'
    (call,) = made(content)
    assert call.url.place is not None
    assert content[call.url.place.start : call.url.place.end] == "http://192.168.1.44:8006"
    path = call.url[call.url.raw.index("/streaming") :]
    assert path.place is not None
    assert content[path.place.start : path.place.end] == "/streaming/session"
    assert content[call.place.start : call.place.end] == 'requests.post(f"{BASE}/streaming/session")'


def test_the_environment_of_the_container_is_heeded() -> None:
    assert shown(BASE + "requests.get(BASE)", URL="http://asr:8000") == ["GET http://asr:8000"]
    (call,) = made(BASE + "requests.get(BASE)")
    assert call.url.depends == ("URL",)


def test_settings_from_a_function_are_followed() -> None:
    content = (
        "import functools, requests\nfrom fastapi import Depends\nfrom pydantic_settings import BaseSettings\n"
        "class Settings(BaseSettings):\n    asr_url: str = 'http://asr:8001'\n"
        "@functools.lru_cache\ndef get_settings():\n    return Settings()\n"
        "settings = get_settings()\nrequests.get(f'{settings.asr_url}/a')\n"
        "def f(s: Settings = Depends(get_settings)):\n    requests.get(f'{s.asr_url}/b')\n"
    )
    assert shown(content) == ["GET http://asr:8001/a", "GET http://asr:8001/b"]
    assert shown(content, ASR_URL="http://asr:8000") == ["GET http://asr:8000/a", "GET http://asr:8000/b"]
