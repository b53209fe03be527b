"""A value that is addressed by the line in which it stands."""

import pytest

from configlint.formats import render
from configlint.formats.line import read, values

FITS = [
    ("listen {value};", "listen 8080;", ["8080"]),
    ("listen {value};", "  listen \t 8080 ;  ", ["8080"]),
    ("listen {value};", "listen 8080;# the API\n", ["8080"]),
    ("listen {value};", "listen 8080;   // the API\r\nlisten 81;\r\n", ["8080", "81"]),
    ("listen {value};", "listen 80 default_server;", ["80 default_server"]),
    ("listen {value};", "# listen 8080;", []),
    ("listen {value};", "listen 8080", []),
    ("listen {value};", "listen 8080; server_name x;", ["8080; server_name x"]),
    ("listen {value};", "listener 8080;", []),
    ("listen {value};", "listen;", []),
    ("listen {value};", "listen ;", []),
    ("host = {value}", "host =   db", ["db"]),
    ("host = {value}", "host=db", []),
    ("host={value}", "host=db", ["db"]),
    ("host = {value}", "host = db  ; it was localhost", ["db"]),
    ("host = {value}", "host = db#1", ["db#1"]),
    ("host = {value}", "host = my db # two words", ["my db"]),
    ("host = {value}", "host = # none", []),
    ("host = {value}", "\ufeffhost = db", ["db"]),
    ("  host   =  {value} ", "host = db", ["db"]),
    ('host = "{value}"', 'host = "a # b" -- lua', ["a # b"]),
    ("<port>{value}</port>", "<port>80</port> <!-- x -->", ["80"]),
    ("FROM python:{value}-slim", "FROM python:3.12-slim", ["3.12"]),
    ("FROM python:{value}-slim", "FROM python:3.12-slim AS base", []),
    ("a.c {value}", "abc 1", []),
    ("{value} = port", "80 = port", ["80"]),
]


@pytest.mark.parametrize(("line", "content", "found"), FITS)
def test_a_line_fits_as_a_whole(line: str, content: str, found: list[str]) -> None:
    texts = list(values(line, "f", content))
    assert [text.value for text in texts] == found
    for text in texts:
        assert text.place is not None
        assert content[text.place.start : text.place.end] == text.value


WRITTEN = [
    ("listen {value};", "80", "8080", True),
    ("listen {value};", "80", "", False),
    ("listen {value};", "80", "8\n0", False),
    ("listen {value};", "80", "8;# 0", False),
    ("host = {value}", "db", "a # b", False),
    ("host = {value}", "db", " a", False),
    ("host = {value}", "db", "a#b", True),
]


@pytest.mark.parametrize(("line", "old", "new", "taken"), WRITTEN)
def test_only_what_is_read_back_is_written(line: str, old: str, new: str, taken: bool) -> None:
    (text,) = values(line, "f", line.replace("{value}", old))
    assert text.site is not None
    assert text.site.literal is not None
    assert render(text.site.literal, new) == (new if taken else None)


def test_a_value_that_is_named_like_a_secret_is_one() -> None:
    (text,) = values("requirepass {value}", "redis.conf", "requirepass abcdef\n")
    assert (text.secret, str(text)) == (True, "<secret, under 32 characters>")


@pytest.mark.parametrize("line", ["proxy_pass {value};", "  fastcgi_pass  {value};"])
def test_where_nginx_passes_a_request_is_none(line: str) -> None:
    (text,) = values(line, "nginx.conf", line.replace("{value}", "http://me:hidden@api:80"))
    assert str(text) == "http://me:<secret, under 32 characters>@api:80"


def test_comments_of_any_file_speak_to_configlint() -> None:
    (comment,) = read("nginx.conf", "listen 80;  # configlint: ignore[mine] it is so\n").comments
    assert comment.text.startswith("configlint: ignore[mine]")


LONG = [("listen " + " " * 200_000 + "x", 0), ("listen 1" + " ," * 100_000 + "x", 0), ("listen 1 ,", 1)]


@pytest.mark.parametrize(("content", "count"), LONG, ids=["blanks", "ends", "short"])
def test_a_long_line_takes_no_longer_than_its_length(content: str, count: int) -> None:
    """A hostile one would otherwise take minutes."""
    assert len(list(values("listen {value} ,", "f", content))) == count
