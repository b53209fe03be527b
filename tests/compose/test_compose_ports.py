"""Published ports and mounts in all their forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configlint.compose.ports import Published, published, short_key
from configlint.compose.tree import Converter, Node, Scope
from configlint.compose.variables import Variables
from configlint.compose.volumes import Mount, mount
from configlint.formats.yaml import document as yaml
from configlint.model.cell import Address, Interval
from configlint.model.text import Place


def node(content: str) -> Node:
    root = yaml.read("c/compose.yaml", content).root
    assert root is not None
    scope = Scope(path="c/compose.yaml", content=content, directory="c", variables=Variables({}))
    return Converter(scope).node(root, ())


def port(content: str) -> Published:
    found = published(node(content))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "outside", "target", "protocol", "address"),
    [
        ("'8000'", None, "8000", "tcp", None),
        ("8000", None, "8000", "tcp", None),
        ("8000:80", "8000", "80", "tcp", None),
        ("'22:22'", "22", "22", "tcp", None),
        ("22:22", "22", "22", "tcp", None),
        ("'127.0.0.1:8000:80'", "8000", "80", "tcp", "127.0.0.1"),
        ("'0:80'", None, "80", "tcp", None),
        ("'127.0.0.1::80'", None, "80", "tcp", "127.0.0.1"),
        ("'[::1]:8000:80'", "8000", "80", "tcp", "::1"),
        ("3000-3005", None, "3000-3005", "tcp", None),
        ("8000-8002:9000-9002", "8000-8002", "9000-9002", "tcp", None),
        ("8000-8010:80", "8000-8010", "80", "tcp", None),
        ("50000-60000:50000-60000/udp", "50000-60000", "50000-60000", "udp", None),
        ("53:53/UDP", "53", "53", "udp", None),
        ("{target: 80, published: '8080', host_ip: 127.0.0.1, protocol: udp}", "8080", "80", "udp", "127.0.0.1"),
        ("{target: 80}", None, "80", "tcp", None),
        ("{target: 80, published: 8080-8090}", "8080-8090", "80", "tcp", None),
    ],
)
def test_ports(written: str, outside: str | None, target: str, protocol: str, address: str | None) -> None:
    found = port(written)
    assert (found.published.null, found.address.null) == (outside is None, address is None)
    assert (str(found.target.value), found.protocol, found.error) == (target, protocol, "")
    assert outside is None or str(found.published.value) == outside
    assert found.address.value == (None if address is None else Address(address))


@pytest.mark.parametrize("written", ["70000:80", "abc:80", "80:80:80:x", "8002-8000:80", "'80:'", "1-3:1-5"])
def test_what_docker_refuses(written: str) -> None:
    assert port(written).error


def test_an_unknown_port_is_no_wrong_one() -> None:
    scope = Scope(path="c", content="", directory="", variables=Variables({}, missing=".env"))
    root = yaml.read("c", "${PORT}:8000").root
    assert root is not None
    found = published(Converter(scope).node(root, ()))
    assert found is not None
    assert found.error == ""
    assert found.published.unknown
    assert found.target.value == Interval(8000, 8000)


def test_each_number_stands_where_it_is_written() -> None:
    found = port("'127.0.0.1:8000:80/udp'")
    assert found.published.text.place == Place("c/compose.yaml", 11, 15)
    assert found.target.text.place == Place("c/compose.yaml", 16, 18)
    assert found.target.text.site is not None


@pytest.mark.parametrize("content", ["{published: 80}", "~", "[80]"])
def test_what_is_no_port(content: str) -> None:
    assert published(node(content)) is None


@pytest.mark.parametrize(
    ("one", "two"),
    [("8000:80", "0.0.0.0:8000:80/tcp"), ("53:53/udp", "53:53/UDP"), ("[::1]:1:1", "[::1]:1:1/tcp")],
)
def test_one_port_in_two_spellings(one: str, two: str) -> None:
    assert short_key(one) == short_key(two)


@given(st.text(st.sampled_from("0189:-/[]tudp.a"), max_size=20))
def test_any_text_is_read(value: str) -> None:
    found = published(node(f"'{value}'"))
    assert found is None or found.target.text.raw in value or found.error
    short_key(value)


def volume(content: str) -> Mount:
    found = mount(node(content))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "kind", "path", "target", "read_only"),
    [
        ("./x:/y", "bind", "c/x", "/y", False),
        ("./x:/y:ro", "bind", "c/x", "/y", True),
        ("./x:/y:z,ro", "bind", "c/x", "/y", True),
        ("../x:/y", "bind", "x", "/y", False),
        ("../../x:/y", "bind", None, "/y", False),
        (".:/y", "bind", "c", "/y", False),
        ("/etc/x:/y", "bind", None, "/y", False),
        ("~/x:/y", "bind", None, "/y", False),
        ("'C:\\x:/y'", "bind", None, "/y", False),
        ("data:/y", "volume", None, "/y", False),
        ("/y", "anonymous", None, "/y", False),
        ("{type: bind, source: ./x, target: /y, read_only: true}", "bind", "c/x", "/y", True),
        ("{type: volume, source: data, target: /y}", "volume", None, "/y", False),
        ("{target: /y}", "anonymous", None, "/y", False),
        ("{type: tmpfs, target: /y}", "tmpfs", None, "/y", False),
        ("{type: npipe, source: a, target: /y}", "other", None, "/y", False),
    ],
)
def test_mounts(written: str, kind: str, path: str | None, target: str, read_only: bool) -> None:
    found = volume(written)
    assert (found.kind, found.path, found.target.value, found.read_only) == (kind, path, target, read_only)


@pytest.mark.parametrize(
    ("written", "makes"),
    [
        ("./x:/y", True),
        ("{type: bind, source: ./x, target: /y}", True),
        ("{type: bind, source: ./x, target: /y, bind: {create_host_path: false}}", False),
    ],
)
def test_docker_makes_what_is_not_there_unless_told_otherwise(written: str, makes: bool) -> None:
    assert volume(written).makes is makes


def test_a_source_of_which_a_part_is_unknown_is_no_path() -> None:
    scope = Scope(path="c", content="", directory="", variables=Variables({}, missing=".env"))
    root = yaml.read("c", "./${DIR}:/y").root
    assert root is not None
    found = mount(Converter(scope).node(root, ()))
    assert found is not None
    assert (found.kind, found.path) == ("bind", None)


@given(st.text(st.sampled_from("./~:ac\\ "), min_size=1, max_size=12))
def test_any_mount_is_read(value: str) -> None:
    found = mount(node(f"'{value}'"))
    assert found is None or found.target.raw in value
