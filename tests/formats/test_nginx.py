"""nginx's configuration, compared with how crossplane reads it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import crossplane  # type: ignore[import-untyped]  # it has no types
import pytest

from configlint.formats.nginx import Directive, directives, every, read, whole

CONFIGURATIONS = (
    "",
    "events {}\nhttp { server { listen 80; } }\n",
    "user nginx; # who\nhttp {\n  upstream api { server a:1 weight=2; server unix:/run/a.sock; }\n}\n",
    "http { server { location ~ ^/a/(?<rest>.*)$ { proxy_pass http://a:1/$rest; } } }",
    "http { server { location / { proxy_pass http://${HOST}:${PORT}; } } }",
    'http { log_format main \'$remote_addr - "$request" \'\n   "it\'s {} ; #"; }',
    'http { map $uri $new { default 0; ~*\\.js$ 1; "" 2; } }',
    "http { server { set $x \"a b\"; add_header X 'a;b{c}' always; } }",
    "http { server_names_hash_bucket_size 64;# near\n#listen 1;\n}",
    "stream { server { listen 53 udp; proxy_pass dns:53; } }",
    "http { server { location /a\\ b { root /x; } } }",
    "http { server { listen [::]:80 default_server; server_name _; } }",
    'http { server { rewrite "^/a{2}$" /b break; } }',
)

Plain = list[tuple[str, list[str], Any]]


def ours(found: Sequence[Directive]) -> Plain:
    return [(one.name.raw, [word.raw for word in one.args], ours(one.block)) for one in found]


def theirs(found: Sequence[dict[str, Any]]) -> Plain:
    return [(one["directive"], one["args"], theirs(one.get("block", []))) for one in found]


def parsed(content: str) -> tuple[Directive, ...]:
    return directives(whole(read("nginx.conf", content)))


@pytest.mark.parametrize("content", CONFIGURATIONS)
def test_crossplane_reads_the_same(tmp_path: Path, content: str) -> None:
    path = tmp_path / "nginx.conf"
    path.write_text(content, encoding="utf-8")
    answer = crossplane.parse(str(path), single=True, check_ctx=False, check_args=False)
    assert answer["status"] == "ok"
    assert ours(parsed(content)) == theirs(answer["config"][0]["parsed"])


def test_a_condition_keeps_its_parentheses() -> None:
    """crossplane takes them off."""
    (found,) = parsed("if ($host = 'a b') { return 301 https://$host$request_uri; }")
    assert [word.raw for word in found.args] == ["($host", "=", "a b", ")"]
    assert ours(found.block) == [("return", ["301", "https://$host$request_uri"], [])]


def test_every_word_is_where_it_says() -> None:
    content = "http { server { proxy_pass 'http://a:1'; # x\n } }"
    words = [word for one in every(parsed(content)) for word in (one.name, *one.args)]
    assert [word.raw for word in words] == ["http", "server", "proxy_pass", "http://a:1"]
    for word in words:
        assert word.place is not None
        assert content[word.place.start : word.place.end] == word.raw


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("listen 80", []),
        ("listen 80; server {", [("listen", ["80"], [])]),
        ("} listen 80;", [("listen", ["80"], [])]),
        ("\\", []),
        ("a { content_by_lua_block { x = {1}; } b 1; }",
         [("a", [], [("content_by_lua_block", [], []), ("b", ["1"], [])])]),
    ],
)  # fmt: skip
def test_what_is_broken_or_not_nginx_is_left_out(content: str, expected: Plain) -> None:
    assert ours(parsed(content)) == expected


def test_deep_blocks_are_read_without_end() -> None:
    found = parsed("a {" * 5000 + "b 1;" + "}" * 5000)
    assert sum(1 for _ in every(found)) == 5001
