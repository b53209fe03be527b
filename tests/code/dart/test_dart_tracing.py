"""Where each character of an address is written: through constants, files and interpolation."""

import pytest
from dart_apps import documents, lines, values
from hypothesis import given
from hypothesis import strategies as st

from configlint.code.dart.app_values import AppValue
from configlint.engine.reasons import said
from configlint.formats.dart import DART
from configlint.model.net import url
from configlint.model.text import Place, Run


def host(value: AppValue) -> Run | None:
    parts = url.parts(value.text)
    assert parts is not None
    return parts.host.text.site


def written(files: dict[str, str], place: Place | None) -> str:
    assert place is not None
    return f"{place.path}: {files[place.path][place.start : place.end]}"


def test_one_literal_that_many_pass_on_stays_one_place() -> None:
    files = {
        "lib/a.dart": "class Net { static const host = 'localhost'; static String get api => 'http://$host:8000'; }",
        "lib/b.dart": "import 'a.dart';\nfinal users = '${Net.api}/users';",
        "lib/c.dart": "import 'b.dart';\nFuture<void> f() async { await http.get(Uri.parse('$users?page=1')); }",
    }
    found = {value.name: value for value in values(files)}
    sites = {name: host(value) for name, value in found.items() if value.kind == "url"}
    assert set(sites) == {"Net.api", "users", "http.get"}
    assert {written(files, site.place) for site in sites.values() if site} == {"lib/a.dart: localhost"}
    assert [written(files, place) for place in found["http.get"].text.via] == [
        "lib/b.dart: Net.api",
        "lib/c.dart: users",
        "lib/a.dart: host",
    ]


def test_each_part_can_be_rewritten_where_it_stands() -> None:
    code = "const h = 'localhost', p = 8000; final u = 'http://$h:$p/a';"
    value = next(value for value in values(code) if value.name == "u")
    parts = url.parts(value.text)
    assert parts is not None
    assert [
        code[place.start : place.end] for cell in (parts.host, parts.port, parts.path) for place in cell.text.places
    ] == [
        "localhost",
        "8000",
        "/a",
    ]
    assert all(cell.text.site for cell in (parts.scheme, parts.host, parts.port, parts.path))


@pytest.mark.parametrize(
    ("code", "writable"),
    [
        pytest.param("const u = 'http://localhost:8000';", True, id="a plain literal"),
        pytest.param('const u = "http://localhost:8000";', True, id="double quotes"),
        pytest.param("const u = r'http://localhost:8000';", True, id="a raw literal"),
        pytest.param(r"const u = 'http:\/\/localhost:8000';", True, id="escapes elsewhere"),
        pytest.param(r"const u = 'http://local\x68ost:8000';", False, id="an escape in it"),
        pytest.param("const u = 'http://local' 'host:8000';", False, id="two literals"),
        pytest.param("const u = 'http://' 'localhost:8000';", True, id="one of two literals"),
        pytest.param("const u = 'http://${'localhost'}:8000';", True, id="a literal in an interpolation"),
    ],
)
def test_a_host_is_writable_if_it_stands_in_one_literal_as_it_is(code: str, writable: bool) -> None:
    (found,) = values(code)
    site = host(found)
    assert (site is not None) == writable
    if site is not None and site.place is not None:
        assert code[site.place.start : site.place.end] == "localhost"


def test_a_default_for_a_variable_is_written_in_its_literal() -> None:
    code = "final u = dotenv.env['U'] ?? 'http://localhost:8000';"
    (found,) = values(code)
    site = host(found)
    assert site is not None
    assert site.literal is not None
    rendered = DART.render(site.literal, "http://10.0.0.1:8000")
    assert code[: site.literal.place.start] + str(rendered) == "final u = dotenv.env['U'] ?? 'http://10.0.0.1:8000'"


@pytest.mark.parametrize(
    ("code", "shown", "reason"),
    [
        pytest.param("final u = 'ws://$host:8780/a';", "ws://…:8780/a", "it is not set in the code", id="a name"),
        pytest.param(
            "String u(String room) => 'ws://h.org/$room';",
            "ws://h.org/…",
            "only the caller knows it",
            id="a parameter",
        ),
        pytest.param(
            "String u(List<String> xs) => 'ws://h.org/${xs.first}';",
            "ws://h.org/…",
            "it is not set in the code",
            id="computed",
        ),
        pytest.param("final s = f(), u = '$s://h.org';", "…://h.org", "it is known only at run time", id="a scheme"),
    ],
)
def test_what_cannot_be_known_is_unknown_and_the_rest_stands(code: str, shown: str, reason: str) -> None:
    (found,) = [value for value in values(code) if value.name == "u"]
    assert (str(found.text), said(found.text.reason)) == (shown, reason)


parts = st.sampled_from(["http://", "$h", "${h}", ":$p", "/a", r"\x2f", r"\$", "é😀", "?q=$x", "${'/b' '/c'}"])
bodies = st.lists(parts, min_size=1, max_size=6).map("".join)
quotes = st.sampled_from(["'", '"', "'''", '"""'])


@given(bodies.flatmap(lambda body: st.tuples(st.just(body), quotes)))
def test_what_is_exact_stands_in_its_file(case: tuple[str, str]) -> None:
    body, quote = case
    files = {
        "lib/a.dart": f"import 'b.dart';\nfinal apiUrl = {quote}http://x.org/{body}{quote};\nfinal u = '$apiUrl/u';",
        "lib/b.dart": "const h = 'localhost'; const p = 8000; const host = '';",
    }
    found = values(files)
    assert {value.name for value in found} >= {"apiUrl", "u"}
    for value in found:
        for run in value.text.runs:
            assert run.place is not None
            assert not run.exact or files[run.place.path][run.place.start : run.place.end] == run.text


def test_each_call_of_a_helper_is_a_call_of_its_own() -> None:
    code = (
        "class Api { static const base = 'http://h.org';"
        " Future<void> _send(String path, {String method = 'x'}) => http.post(Uri.parse('$base$path'));"
        " void login() { _send('/login'); } void logout() { _send('/logout'); } }"
    )
    assert [line for line in lines(code) if "POST" in line] == [
        "http.post: http://h.org/login (call, POST)",
        "http.post: http://h.org/logout (call, POST)",
    ]


def test_parameters_of_one_call_stay_together() -> None:
    code = (
        "Future<void> send(String base, String path) => http.get(Uri.parse('$base$path'));"
        "void f() { send('http://a.org', '/a'); send('http://b.org', '/b'); }"
    )
    assert [line for line in lines(code) if "GET" in line] == [
        "http.get: http://a.org/a (call, GET)",
        "http.get: http://b.org/b (call, GET)",
    ]


def test_a_field_takes_what_callers_give_to_the_constructor() -> None:
    files = {
        "lib/client.dart": (
            "class Client { Client({required this.base}); final String base;"
            " Future<void> go() => http.get(Uri.parse('$base/go')); }"
        ),
        "lib/main.dart": "import 'client.dart';\nfinal client = Client(base: 'http://h.org');",
    }
    assert "http.get: http://h.org/go (call, GET)" in lines(files)


SCOPES = [
    pytest.param(
        {"lib/a.dart": "class A { static const h = 'a.org'; } class B { static const h = 'b.org'; }"
                       "final u = 'http://${B.h}';"},
        "u: http://b.org (constant)",
        id="two classes with one name of a member",
    ),
    pytest.param(
        {"lib/a.dart": "const _h = 'a.org'; final u = 'http://$_h';", "lib/b.dart": "const _h = 'b.org';"},
        "u: http://a.org (constant)",
        id="private names belong to their file",
    ),
    pytest.param(
        {"lib/a.dart": "import 'c/d.dart';\nfinal u = 'http://${Config.host}';",
         "lib/c/d.dart": "class Config { static const host = 'd.org'; const url = ''; }",
         "lib/e.dart": "class Config { static const host = 'e.org'; }"},
        "u: http://d.org (constant)",
        id="two classes of one name in two files, told apart by the import",
    ),
    pytest.param(
        {"lib/x/a.dart": "import '../c.dart' as c;\nfinal u = 'http://${c.Net.host}';",
         "lib/c.dart": "const host = 'c.org'; class Net { static const host = 'n.org'; }"},
        "u: http://n.org (constant)",
        id="an import with a prefix",
    ),
    pytest.param(
        {"app/lib/x/a.dart": "import 'package:app/all.dart';\nfinal u = 'http://${Net.host}';",
         "app/lib/all.dart": "export 'src/net.dart';",
         "app/lib/src/net.dart": "class Net { static const host = 'n.org'; }",
         "app/lib/src/other.dart": "class Net { static const host = 'o.org'; }"},
        "u: http://n.org (constant)",
        id="a package import of a file that exports",
    ),
    pytest.param(
        {"lib/a.dart": "part 'b.dart';\nfinal u = 'http://$_host';",
         "lib/b.dart": "part of 'a.dart';\nconst _host = 'b.org';"},
        "u: http://b.org (constant)",
        id="a part shares private names",
    ),
    pytest.param(
        {"lib/a.dart": "class P { static const h = 'p.org'; final g = 'g.org'; } class A extends P"
                       " { String get u => 'http://$g'; }"},
        "A.u: http://g.org (getter)",
        id="a member of the parent class",
    ),
    pytest.param(
        {"lib/a.dart": "mixin M { final g = 'g.org'; } class A with M { String get u => 'http://$g'; }"},
        "A.u: http://g.org (getter)",
        id="a member of a mixin",
    ),
    pytest.param(
        {"lib/a.dart": "class C { const C({this.h = 'h.org'}); final String h; } class A { final c = C();"
                       " String get u => 'http://${c.h}'; }"},
        "A.u: http://h.org (getter)",
        id="a field of an object",
    ),
    pytest.param(
        {"lib/a.dart": "class C { static final C instance = C._(); C._(); final h = 'h.org'; }"
                       "final u = 'http://${C.instance.h}';"},
        "u: http://h.org (constant)",
        id="a field of the only object",
    ),
    pytest.param(
        {"lib/a.dart": "enum E { a('a.org'), b('b.org'); const E(this.h); final String h; }"
                       "const e = E.b; final u = 'http://${e.h}';"},
        "u: http://b.org (constant)",
        id="a field of a value of an enum",
    ),
    pytest.param(
        {"lib/a.dart": "const h = 'out.org'; void f() { final h = 'in.org'; g(u: 'http://$h'); }"},
        "g.u: http://in.org (argument)",
        id="a local name hides an outer one",
    ),
    pytest.param(
        {"lib/a.dart": "const h = 'out.org'; final u = map((h) => 'http://$h');"},
        "u: http://… (getter)",
        id="a parameter of a closure hides an outer name",
    ),
    pytest.param(
        {"lib/a.dart": "void f(b) { if (b) { final h = 'a.org'; g(u: 'http://$h'); }"
                       " else { final h = 'b.org'; g(u: 'http://$h'); } }"},
        "g.u: http://a.org (argument)",
        id="each block has names of its own",
    ),
    pytest.param(
        {"lib/a.dart": "final p = Provider((ref) => 'http://h.org'); f(ref) { g(u: '${ref.watch(p)}/x'); }"},
        "g.u: http://h.org/x (argument)",
        id="a provider that is watched",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), SCOPES)
def test_a_name_means_what_it_means_to_dart(files: dict[str, str], expected: str) -> None:
    assert expected in lines(files)


def test_a_name_that_two_files_declare_and_none_imports_is_unknown() -> None:
    files = {
        "lib/a.dart": "final u = 'http://${Config.host}';",
        "lib/b.dart": "class Config { static const host = 'b.org'; }",
        "lib/c.dart": "class Config { static const host = 'c.org'; }",
    }
    assert "u: http://… (constant)" in lines(files)


def test_files_without_anything_of_interest_are_not_read() -> None:
    (document,) = documents({"lib/a.dart": "class A extends StatelessWidget { final int count = 3; }"})
    assert not document.interesting


FIRST = "final a0 = 'http://h.org';"

HOSTILE = [
    pytest.param("final u = " + "(" * 5000 + "'http://h.org'" + ")" * 5000 + ";", id="brackets within brackets"),
    pytest.param("final u = '" + "${'" * 3000 + "http://h.org" + "'}" * 3000 + "';", id="strings within strings"),
    pytest.param("final u = " + "x ? 'http://h.org' : " * 5000 + "y;", id="a chain of conditionals"),
    pytest.param("final u = " + "'http://h.org' + " * 5000 + "y;", id="a long sum"),
    pytest.param("final u = " + "'http://h.org' ?? " * 5000 + "y;", id="a chain of fallbacks"),
    pytest.param("final u = a" + ".b('http://h.org')" * 5000 + ";", id="a long chain of calls"),
    pytest.param("final u = " + "!" * 50000 + "'http://h.org';", id="a long row of signs"),
    pytest.param("f() {" + "{" * 5000 + "g('http://h.org');" + "}" * 5000 + "}", id="blocks within blocks"),
    pytest.param("f() {" + "if (x) " * 5000 + "g('http://h.org'); }", id="branches within branches"),
    pytest.param("f() {" + "if (x) {} else " * 5000 + "g('http://h.org'); }", id="a chain of branches"),
    pytest.param("f() {" + "() { " * 3000 + "g('http://h.org');" + "}" * 3000 + "}", id="closures within closures"),
    pytest.param("f() { switch (x) {" + "case 'http://h.org': " * 5000 + "g('http://h.org'); } }", id="many cases"),
    pytest.param(FIRST + "".join(f"final a{i + 1} = a{i};" for i in range(3000)), id="a chain of names"),
    pytest.param(FIRST + "".join(f"final a{i + 1} = '$a{i}$a{i}';" for i in range(60)), id="doubled each time"),
    pytest.param(
        "".join(f"final a{i} = x ? 'http://h{i}.org' : 'b';" for i in range(40)) + "final u = '"
        + "".join(f"$a{i}" for i in range(40)) + "';",
        id="branches multiplied",
    ),
    pytest.param("final a = b; final b = 'http://$a'; final c = '$c/http://h.org';", id="names in a circle"),
    pytest.param("class A { var x = B().y; } class B { var y = A().x; final u = 'http://${A().x.y}'; }", id="turns"),
    pytest.param("String f(String u) => f('http://$u'); final u = f('http://h.org');", id="a function in itself"),
    pytest.param(
        "".join(f"bool f{i}() {{ if (f{i + 1}()) return true; g('http://h.org'); }}" for i in range(300)), id="by turns"
    ),
    pytest.param("class A extends B { final u = 'http://$x'; } class B extends A {}", id="classes in a circle"),
    pytest.param("final u = a<b<c<d<e<" * 3000 + "'http://h.org';", id="type arguments without end"),
    pytest.param("final u = '" + "http://h.org/" * 100_000 + "';", id="one long address"),
    pytest.param("class class class { get get get => 'http://h.org'; ) ] }", id="no Dart at all"),
    pytest.param("'http://h.org\0' \ufeff } } } ) ; => => final const", id="control characters"),
]  # fmt: skip


@pytest.mark.parametrize("code", HOSTILE)
def test_hostile_code_is_read_within_bounds(code: str) -> None:
    for value in values(code):
        assert value.text.raw
