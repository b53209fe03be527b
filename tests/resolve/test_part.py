"""The parts of URLs, of `host:port` and of image references: what they mean, and how an edit writes them."""

import pytest

from configlint.formats import render
from configlint.model.cell import Cell
from configlint.model.selector import Part
from configlint.model.text import Literal, Place, Text
from configlint.resolve.part import part, without_references


def text(raw: str) -> Text:
    whole = Place("f", 0, len(raw))
    return without_references(Text.literal(raw, Literal(place=whole, inner=whole, style="dotenv/bare")))


def said(cell: Cell) -> str | None:
    if cell.unknown:
        reason = cell.text.reason
        return f"? {reason.code} {reason.subject}" if reason is not None else "?"
    return None if cell.null else str(cell.value)


URL = "postgresql+psycopg://ledger:p%40ss@db:5433/books%2F1?sslmode=disable#x"

MEANT: list[tuple[str, Part, str | None]] = [
    (URL, "scheme", "postgresql+psycopg"),
    (URL, "user", "ledger"),
    (URL, "password", "p@ss"),
    (URL, "host", "db"),
    (URL, "port", "5433"),
    (URL, "path", "/books/1"),
    (URL, "name", "books/1"),
    (URL, "tag", "? no-part tag"),
    ("jdbc:mysql://h/d", "scheme", "mysql"),
    ("redis://:pw@r", "user", None),
    ("redis://:pw@r", "password", "pw"),
    ("redis://r", "password", None),
    ("redis://u@r", "user", "u"),
    ("redis://u@r", "password", None),
    ("redis://u:@r", "password", None),
    ("redis://r", "port", "6379"),
    ("x://r", "port", None),
    ("x://r", "path", None),
    ("x://r/", "name", None),
    ("postgres:///d", "host", None),
    ("postgres:///d", "port", None),
    ("mongodb://u:p@a,b/d", "password", "p"),
    ("mongodb://u:p@a,b/d", "host", "? no-part host"),
    ("http://u:a@b@h/", "password", "a@b"),
    ("http://[::1]:80/", "host", "::1"),
    ("http://[::1]:80/", "port", "80"),
    ("db:5432", "host", "db"),
    ("db:5432", "port", "5432"),
    ("db", "port", None),
    ("8080", "port", "8080"),
    ("8080", "host", None),
    (":8080", "port", "8080"),
    ("[::]:80", "port", "80"),
    ("db:x", "port", "? no-port-number "),
    ("a b", "host", "? no-part host"),
    ("", "host", None),
    ("db:5432", "password", "? no-part password"),
    ("postgres:16-alpine", "name", "postgres"),
    ("postgres:16-alpine", "tag", "16-alpine"),
    ("reg:5000/a/b", "name", "reg:5000/a/b"),
    ("reg:5000/a/b", "tag", "latest"),
    ("reg:5000/a/b:1@sha256:0f", "tag", "1"),
    ("a@sha256:0f", "name", "a"),
    ("a@sha256:0f", "tag", "? no-part tag"),
    ("not an image", "tag", "? no-part tag"),
    (":80", "name", "? no-part name"),
    ("postgres://u:${PW}@db:${P:-1}/x", "password", "? reference PW"),
    ("postgres://u:${PW}@db:${P:-1}/x", "host", "db"),
    ("postgres://u:${PW}@db:${P:-1}/x", "port", "? reference P"),
    ("postgres://u:${PW}@db:${P:-1}/x", "path", "/x"),
    ("postgres://${INFO}db", "password", "? reference INFO"),
    ("postgres://${ALL}", "path", "? reference ALL"),
    ("postgres:${V:-16}", "name", "postgres"),
    ("postgres:${V:-16}", "tag", "? reference V"),
    ("${URL}", "scheme", "? reference URL"),
    ("${URL}", "port", "? reference URL"),
    ("${URL}", "tag", "? reference URL"),
]


@pytest.mark.parametrize(("raw", "name", "meant"), MEANT)
def test_what_a_part_means(raw: str, name: Part, meant: str | None) -> None:
    assert said(part(text(raw), name)) == meant


REWRITTEN: list[tuple[str, Part, str, str | None]] = [
    (URL, "password", "a b/ü", URL.replace("p%40ss", "a%20b%2F%C3%BC")),
    (URL, "user", "x@y", URL.replace("ledger", "x%40y")),
    (URL, "host", "db2", URL.replace("@db:", "@db2:")),
    (URL, "host", "a/b", None),
    (URL, "host", "12", None),
    (URL, "port", "1", URL.replace("5433", "1")),
    (URL, "port", "http", None),
    (URL, "scheme", "mysql", URL.replace("postgresql+psycopg", "mysql")),
    (URL, "scheme", "1x", None),
    (URL, "path", "/a b", URL.replace("/books%2F1", "/a%20b")),
    (URL, "path", "a", None),
    (URL, "name", "a$b", URL.replace("books%2F1", "a%24b")),
    ("redis://r/0", "port", "1", "redis://r:1/0"),
    ("http://[::1]:80/", "host", "db", None),
    ("redis://r", "password", "x", None),
    ("postgres:16", "tag", "17.1", "postgres:17.1"),
    ("postgres:16", "tag", "17 1", None),
    ("reg:5000/postgres", "tag", "17", "reg:5000/postgres:17"),
    ("reg:5000/postgres:1", "name", "a/b", "a/b:1"),
    ("8080", "port", "80", "80"),
]


@pytest.mark.parametrize(("raw", "name", "value", "then"), REWRITTEN)
def test_an_edit_rewrites_the_part_alone(raw: str, name: Part, value: str, then: str | None) -> None:
    site = part(text(raw), name).text.site
    new = render(site.literal, value) if site is not None and site.literal is not None else None
    if new is None or site is None or site.place is None:
        assert then is None
        return
    after = raw[: site.place.start] + new + raw[site.place.end :]
    assert after == then
    assert said(part(text(after), name)) == value, "it is read back"
