"""Dart files as documents: what is declared in them, by which keys, and which are worth reading."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats.dart import DART, DartDocument
from configlint.formats.dart.structure import Class, Function, Unit, Variable


def document(content: str) -> DartDocument:
    found = DART.read("lib/a.dart", content)
    assert isinstance(found, DartDocument)
    return found


def outline(unit: Unit) -> list[str]:
    """What a file declares, each on a line."""
    found = [f"{one.kind} {one.uri.raw} {one.prefix}".strip() for one in unit.directives]
    for declaration in unit.declarations:
        if isinstance(declaration, Class):
            found.append(" ".join((declaration.kind, declaration.name, *declaration.parents)))
            found += [f"  constant {constant.name}" for constant in declaration.constants]
            found += ["  " + shown(member) for member in declaration.members]
        else:
            found.append(shown(declaration))
    return found


def shown(member: Variable | Function) -> str:
    if isinstance(member, Variable):
        return f"{member.type} {member.name}".strip() + (" =" if member.value else "")
    names = [("this." if one.field else "") + one.name + ("=" if one.default else "") for one in member.parameters]
    return f"{member.kind} {member.name}({', '.join(names)})"


DECLARATIONS = [
    pytest.param("const a = 1;", ["a ="], id="a constant"),
    pytest.param("final String? a, b = 'x', c;", ["String a", "String b =", "String c"], id="three variables"),
    pytest.param(
        "Map<String, List<int>> m = <String, List<int>>{'a': [1]}, n;",
        ["Map m =", "Map n"],
        id="type arguments",
    ),
    pytest.param("late final a.B<C> d;", ["B d"], id="a prefixed type"),
    pytest.param("void Function(int, {String a})? f;", ["void f"], id="a function type"),
    pytest.param("(int, String) r = (1, 'a');", ["r ="], id="a record"),
    pytest.param("int f(int a, [b = 1]) => a;", ["function f(a, b=)"], id="a function"),
    pytest.param(
        "Future<T> f<T>({required T a, this.b = 2}) async { }",
        ["function f(a, this.b=)"],
        id="generic, async",
    ),
    pytest.param(
        "Stream<int> f() async* { yield 1; } int g() => 1;",
        ["function f()", "function g()"],
        id="a generator",
    ),
    pytest.param("String get a => 'x'; set a(String v) {}", ["getter a()", "setter a(v)"], id="getter and setter"),
    pytest.param("Future<int> get a async { return 1; }", ["getter a()"], id="an async getter"),
    pytest.param("external int f(); int get = 1;", ["function f()", "int get ="], id="get as a name"),
    pytest.param("f(void g(int a), {int h()}) {}", ["function f(g, h)"], id="functions as parameters"),
    pytest.param(
        "import 'a.dart' as b show c; export 'd.dart'; part 'e.dart';",
        ["import a.dart b", "export d.dart", "part e.dart"],
        id="directives",
    ),
    pytest.param("library a.b; part of 'c.dart'; typedef F = int Function(); const z = 1;", ["z ="], id="others"),
    pytest.param(
        "abstract class A<T extends B> extends C<T> with D, E implements F {}",
        ["class A C D E"],
        id="a class",
    ),
    pytest.param(
        "sealed class A {} base mixin B on C {} mixin class D {}",
        ["class A", "mixin B C", "class D"],
        id="modifiers",
    ),
    pytest.param("class A = B with C; const d = 1;", ["class A B C", "d ="], id="a class without body"),
    pytest.param("extension A on B { int get c => 1; }", ["extension A B", "  getter c()"], id="an extension"),
    pytest.param("extension on B { int c = 1; }", ["extension  B", "  int c ="], id="an extension without name"),
    pytest.param(
        "extension type A(int b) { int get c => b; }",
        ["extension A", "  getter c()"],
        id="an extension type",
    ),
    pytest.param("enum A { b, c }", ["enum A", "  constant b", "  constant c"], id="an enum"),
    pytest.param(
        "enum A { b(1), @X() c(2); const A(this.d); final int d; }",
        ["enum A", "  constant b", "  constant c", "  constructor A(this.d)", "  int d"],
        id="an enum with fields",
    ),
    pytest.param(
        "class A { A(this.b, {this.c = 1}) : d = {}, super(x) { f(); } A.e() : this(1); final d; }",
        ["class A", "  constructor A(this.b, this.c=)", "  constructor e()", "  d"],
        id="constructors",
    ),
    pytest.param(
        "class A { factory A.b() => A(); const factory A.c() = B; static int d() => 1; }",
        ["class A", "  constructor b()", "  constructor c()", "  function d()"],
        id="factories",
    ),
    pytest.param(
        "class A { bool operator ==(Object o) => true; int operator [](int i) => 1; final b = 1; }",
        ["class A", "  function ==(o)", "  function ](i)", "  b ="],
        id="operators",
    ),
    pytest.param("@a.B(c: 'd') @e\nfinal f = 1;", ["f ="], id="annotations"),
    pytest.param("const a = ; ) } const c = 1;", ["a =", "c ="], id="what is broken is stepped over"),
    pytest.param("class A { final b = 1;", ["class A", "  b ="], id="a class that nobody closed"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), DECLARATIONS)
def test_what_a_file_declares(content: str, expected: list[str]) -> None:
    assert outline(document(content).source.unit) == expected


FACTS = [
    pytest.param("const apiUrl = 'http://h';", {("apiUrl",): "http://h"}, id="a constant"),
    pytest.param(
        "class A { static const url = 'http://h', port = 80; }",
        {("A", "url"): "http://h", ("A", "port"): "80"},
        id="a class",
    ),
    pytest.param("class A { String get url => 'http://h'; }", {("A", "url"): "http://h"}, id="a getter"),
    pytest.param("class A { A({this.url = 'http://h'}); }", {("A", "url"): "http://h"}, id="a default"),
    pytest.param("void f({url = 'http://h'}) {}", {("f", "url"): "http://h"}, id="a function's default"),
    pytest.param("class A { A() : url = 'http://h'; }", {("A", "url"): "http://h"}, id="an initialiser"),
    pytest.param(
        "const m = {'a': {'url': 'http://h'}, 'b': ['http://i']};",
        {("m", "a", "url"): "http://h", ("m", "b", "0"): "http://i"},
        id="maps and lists",
    ),
    pytest.param("final url = dotenv.env['U'] ?? 'http://h';", {("url",): "http://h"}, id="a fallback"),
    pytest.param(
        "const url = String.fromEnvironment('U', defaultValue: 'http://h');",
        {("url",): "http://h"},
        id="a define",
    ),
    pytest.param("const url = 'http://' 'h';", {("url",): "http://h"}, id="side by side"),
    pytest.param("const isProduction = true;", {("isProduction",): "true"}, id="a truth"),
    pytest.param("final url = 'http://$h', v = f('http://h'), w = null;", {}, id="nothing that is one literal"),
    pytest.param("class A { f() { final url = 'http://h'; } }", {}, id="nothing in a body"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), FACTS)
def test_every_literal_with_a_name_is_a_fact(content: str, expected: dict[tuple[str, ...], str]) -> None:
    assert {fact.key: fact.text.raw for fact in DART.facts(document(content))} == expected


def test_a_fact_whose_name_says_so_is_secret() -> None:
    (fact,) = DART.facts(document("const apiSecret = 'Zq81hsPq0aZx71bN';"))
    assert str(fact.text) == "<secret, under 32 characters>"


@pytest.mark.parametrize(
    ("path", "claimed"),
    [
        ("lib/main.dart", True),
        ("lib/a.g.dart", False),
        ("lib/a.freezed.dart", False),
        ("lib/a.pb.dart", False),
        ("lib/a.mocks.dart", False),
        ("lib/a.gr.dart", False),
        ("lib/ag.dart", True),
        ("lib/main.dart.bak", False),
    ],
)
def test_which_files_are_ours(path: str, claimed: bool) -> None:
    assert DART.claims(path) is claimed


@pytest.mark.parametrize(
    "content",
    [
        "const u = 'http://h';",
        "const h = 'localhost';",
        "const h = '192.168.1.2';",
        "const serverAddress = 'h.org';",
        "const int apiPort = 80;",
        "get host => 'h';",
        "const path = '/v1';",
        "f(a) => '$a/b';",
        "f(a) => '${a}/b';",
        "final s = dotenv.env['S'];",
        "const apiSecret = 'x';",
        "final m = {'password': 'x'};",
        "f(password: 'x');",
        "const isProduction = true;",
        "export 'a.dart';",
        "\nexport 'a.dart';",
        "final c = WebSocket;",
    ],
)
def test_files_that_may_hold_a_part_of_an_address_are_read(content: str) -> None:
    assert document(content).interesting


@pytest.mark.parametrize(
    "content",
    [
        "import 'package:flutter/material.dart';\nclass A extends StatelessWidget { const A({super.key}); }",
        "final w = Text('Hello $name'), n = 1.5, h = '#ff0000';",
        "int portion(int a) => a * 2; final keyboard = Keyboard(); final hostess = x;",
        "",
    ],
)
def test_files_that_cannot_are_not(content: str) -> None:
    assert not document(content).interesting


def test_comments_that_speak_to_configlint_are_found_in_any_file() -> None:
    found = document("int a = 1; // configlint: ignore[mobile-localhost] kiosk\n")
    assert [comment.text for comment in found.comments] == ["configlint: ignore[mobile-localhost] kiosk"]


FRAGMENTS = (
    "class A extends enum mixin extension on { } ( ) [ ] < > ; , : ? ?? => = == . .. ... ! @ async await get set"
    " final const var late static factory if else for in while do switch case default return throw try catch assert"
    " 'a' \"b${ } $c ''' r' 1 0x1F // /* */ x y operator this super import as is new ??= += && ||"
)
fragments = st.sampled_from(FRAGMENTS.split())


@settings(max_examples=300, deadline=None)
@given(st.lists(fragments, max_size=40).map(" ".join))
def test_any_text_is_read_without_an_error(content: str) -> None:
    found = document("const apiUrl = 'http://h'; " + content)
    for declaration in found.source.unit.declarations:
        members = declaration.members if isinstance(declaration, Class) else (declaration,)
        for member in members:
            if isinstance(member, Function) and member.block:
                list(found.source.code.statements(member.block))
    assert list(DART.facts(found))
