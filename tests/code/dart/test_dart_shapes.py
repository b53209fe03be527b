"""One sample for each shape in which an app writes an address down."""

import pytest
from dart_apps import lines

L = "http://localhost:8000"


def in_function(code: str) -> str:
    return "Future<void> go(dynamic id) async {\n" + code + "\n}"


DECLARED = [
    pytest.param("const apiUrl = 'http://localhost:8000';", f"apiUrl: {L} (constant)", id="a top-level constant"),
    pytest.param('final String u = "http://localhost:8000";', f"u: {L} (constant)", id="the name says nothing"),
    pytest.param("class A { static const String u = 'http://localhost:8000'; }", f"A.u: {L} (constant)", id="a class"),
    pytest.param("class _A { final u = 'http://localhost:8000'; }", f"_A.u: {L} (constant)", id="a private class"),
    pytest.param("mixin M { String u = 'http://localhost:8000'; }", f"M.u: {L} (constant)", id="a mixin"),
    pytest.param(
        "extension X on A { static const u = 'http://localhost:8000'; }", f"X.u: {L} (constant)", id="an extension"
    ),
    pytest.param("const a = 1, u = 'http://localhost:8000';", f"u: {L} (constant)", id="the second of one declaration"),
    pytest.param("String get u => 'http://localhost:8000';", f"u: {L} (getter)", id="a getter"),
    pytest.param(
        "class A { static String get u =>\n      'http://localhost:8000'; }", f"A.u: {L} (getter)", id="two lines"
    ),
    pytest.param("String get u { return 'http://localhost:8000'; }", f"u: {L} (getter)", id="a getter with a block"),
    pytest.param("String u() => 'http://localhost:8000';", f"u: {L} (getter)", id="a function"),
    pytest.param(
        "class A { A() : u = 'http://localhost:8000'; final String u; }", f"A.u: {L} (constant)", id="an initialiser"
    ),
    pytest.param(
        "class A { A({this.u = 'http://localhost:8000'}); final String u; }",
        f"A.u: {L} (default)",
        id="a field's default",
    ),
    pytest.param(
        "void f({String u = 'http://localhost:8000'}) {}",
        f"f.u: {L} (default)",
        id="a default of a function's parameter",
    ),
    pytest.param(
        "class A { A({String? u}) : _u = u ?? 'http://localhost:8000'; final String _u; }",
        f"A._u: {L} (fallback)",
        id="a fallback in an initialiser",
    ),
    pytest.param(
        "class A { late String u; void f() { u = 'http://localhost:8000'; } }", f"A.u: {L} (variable)", id="set later"
    ),
    pytest.param(
        "class A { String? u; void f() { setState(() { u = 'http://localhost:8000'; }); } }",
        f"A.u: {L} (variable)",
        id="set in a closure",
    ),
    pytest.param(
        "enum E { a('http://localhost:8000'); const E(this.u); final String u; }", f"E.a: {L} (argument)", id="an enum"
    ),
    pytest.param("const m = {'api': 'http://localhost:8000'};", f"m.api: {L} (constant)", id="the entry of a map"),
    pytest.param("const m = {'a': {'b': 'http://localhost:8000'}};", f"m.a.b: {L} (constant)", id="a map in a map"),
    pytest.param("const l = ['http://localhost:8000'];", f"l.0: {L} (constant)", id="an item of a list"),
    pytest.param(
        "final p = Provider<String>((ref) => 'http://localhost:8000');", f"p: {L} (getter)", id="a provider's closure"
    ),
]

WRITTEN = [
    pytest.param("const u = r'http://localhost:8000';", f"u: {L} (constant)", id="a raw string"),
    pytest.param("const u = '''http://localhost:8000''';", f"u: {L} (constant)", id="triple quotes"),
    pytest.param(r"const u = 'http:\/\/localhost:8000';", f"u: {L} (constant)", id="escapes"),
    pytest.param("const u = 'http://' 'localhost' ':8000';", f"u: {L} (constant)", id="adjacent strings"),
    pytest.param("const u = 'http://' + 'localhost' + ':8000';", f"u: {L} (constant)", id="a sum"),
    pytest.param("const p = 8000; const u = 'http://localhost:$p';", f"u: {L} (constant)", id="a number put in"),
    pytest.param("const p = 8000; const u = 'http://localhost:${p}';", f"u: {L} (constant)", id="put in with braces"),
    pytest.param("const h = 'localhost'; const u = 'http://$h:8000';", f"u: {L} (constant)", id="a host put in"),
    pytest.param(
        "const s = 'http', h = 'localhost', p = 8000; const u = '$s://$h:$p';", f"u: {L} (constant)", id="all put in"
    ),
    pytest.param("final u = Uri.parse('http://localhost:8000');", f"u: {L} (constant)", id="Uri.parse"),
    pytest.param("final u = Uri.parse('http://localhost:8000').toString();", f"u: {L} (constant)", id="toString"),
    pytest.param("final u = ('http://localhost:8000' as String).trim();", f"u: {L} (constant)", id="a cast and trim"),
    pytest.param("final u = Uri.http('localhost:8000');", f"u: {L} (constant)", id="Uri.http"),
    pytest.param("final u = Uri.https('h.org', 'p');", "u: https://h.org/p (constant)", id="Uri.https with a path"),
    pytest.param(
        "final u = Uri(scheme: 'http', host: 'localhost', port: 8000);", f"u: {L} (constant)", id="Uri by its parts"
    ),
    pytest.param(
        "final u = Uri.parse('ws://localhost:9/a').replace(scheme: 'http', port: 8000, path: '');",
        f"u: {L} (constant)",
        id="parts replaced",
    ),
    pytest.param(
        "final u = Uri.parse('http://localhost:8000/a/b').resolve('c');", f"u: {L}/a/c (constant)", id="resolved beside"
    ),
    pytest.param(
        "final u = Uri.parse('http://localhost:8000/a/b').resolve('/c');",
        f"u: {L}/c (constant)",
        id="resolved at the root",
    ),
    pytest.param(
        "final u = 'ws://localhost:8000'.replaceFirst('ws', 'http');", f"u: {L} (constant)", id="another scheme"
    ),
    pytest.param(
        "final u = 'ws://localhost:8000'.replaceFirst(RegExp(r'^ws'), 'http');", f"u: {L} (constant)", id="by a pattern"
    ),
    pytest.param(
        "String get u { final a = 'http://localhost'; var b = a; b += ':8000'; return b; }",
        f"u: {L} (getter)",
        id="grown in a local name",
    ),
    pytest.param(
        "final b = Uri.parse('ws://localhost:8000/a');"
        "final u = Uri(scheme: 'http', host: b.host, port: b.hasPort ? b.port : null);",
        f"u: {L} (constant)",
        id="by the parts of another",
    ),
    pytest.param(
        "final b = Uri.parse('ws://localhost/a');"
        "final u = Uri(scheme: 'http', host: b.host, port: b.hasPort ? b.port : null);",
        "u: http://localhost (constant)",
        id="by the parts of another that has no port",
    ),
    pytest.param(
        "final b = 'http://localhost:8000'; final h = b.replaceFirst('http://', ''); final u = 'ws://$h/ws';",
        "u: ws://localhost:8000/ws (constant)",
        id="by what is left of another",
    ),
    pytest.param(
        "String ws(String b) { if (b.startsWith('https')) { return b.replaceFirst('https', 'wss'); }"
        " return b.replaceFirst('http', 'ws'); } final u = ws('http://localhost:8000');",
        "u: ws://localhost:8000 (constant)",
        id="by a branch that the text decides",
    ),
    pytest.param("final u = dotenv.env['U'] ?? 'http://localhost:8000';", f"u: {L} (fallback)", id="dotenv with ??"),
    pytest.param(
        "final u = dotenv.get('U', fallback: 'http://localhost:8000');", f"u: {L} (fallback)", id="dotenv.get"
    ),
    pytest.param("final u = dotenv.maybeGet('U') ?? 'http://localhost:8000';", f"u: {L} (fallback)", id="maybeGet"),
    pytest.param(
        "final env = dotenv.env; final u = env['U'] ?? 'http://localhost:8000';", f"u: {L} (fallback)", id="an alias"
    ),
    pytest.param(
        "void f(Map<String, String> env) { g(env['U'] ?? 'http://localhost:8000'); }",
        f"g: {L} (fallback)",
        id="variables handed over",
    ),
    pytest.param(
        "final u = Platform.environment['U'] ?? 'http://localhost:8000';", f"u: {L} (fallback)", id="the machine's own"
    ),
    pytest.param(
        "const u = String.fromEnvironment('U', defaultValue: 'http://localhost:8000');",
        f"u: {L} (default)",
        id="a define",
    ),
    pytest.param(
        "const p = int.fromEnvironment('P', defaultValue: 8000); const u = 'http://localhost:$p';",
        f"u: {L} (constant)",
        id="a number by a define",
    ),
    pytest.param(
        "final e = dotenv.env['U']; final u = e ?? 'http://localhost:8000';",
        f"u: {L} (fallback)",
        id="?? behind a name",
    ),
    pytest.param(
        "final u = _env('U', 'http://localhost:8000'); String _env(String k, String d) => dotenv.env[k] ?? d;",
        f"u: {L} (constant)",
        id="a helper of the app's own",
    ),
]


@pytest.mark.parametrize(("code", "expected"), DECLARED + WRITTEN)
def test_an_address_is_found_whatever_its_shape(code: str, expected: str) -> None:
    assert expected in lines(code)


CALLS = [
    pytest.param("await http.get(Uri.parse('http://h.org/a'));", "http.get: http://h.org/a (call, GET)", id="http.get"),
    pytest.param(
        "http.post(Uri.parse('http://h.org/a'), body: 1);", "http.post: http://h.org/a (call, POST)", id="post"
    ),
    pytest.param("client.put(Uri.http('h.org', '/a'));", "client.put: http://h.org/a (call, PUT)", id="Uri.http"),
    pytest.param("dio.delete('http://h.org/a');", "dio.delete: http://h.org/a (call, DELETE)", id="dio"),
    pytest.param("http.patch(u); final u = 1;", None, id="an address that nobody knows is no call"),
    pytest.param(
        "final u = Uri.parse('http://h.org/a'); await http.get(u);",
        "http.get: http://h.org/a (call, GET)",
        id="through a local name",
    ),
    pytest.param(
        "final b = 'http://h.org'; await http.get(Uri.parse('$b/$id'));",
        "http.get: http://h.org/… (call, GET)",
        id="a part that nobody knows",
    ),
    pytest.param(
        "var u = 'http://h.org/a'; u = 'http://h.org/b'; http.get(Uri.parse(u));",
        "http.get: http://h.org/b (call, GET)",
        id="the last value counts",
    ),
    pytest.param(
        "await Dio(BaseOptions(baseUrl: 'http://h.org/api/')).post('/a');",
        "Dio.post: http://h.org/api/a (call, POST)",
        id="a base and a path",
    ),
    pytest.param(
        "final dio = Dio()..options.baseUrl = 'http://h.org'; dio.get('/a');",
        "dio.get: http://h.org/a (call, GET)",
        id="a base in a cascade",
    ),
    pytest.param(
        "final o = BaseOptions(baseUrl: 'http://h.org'); final dio = Dio(o); dio.get('/a');",
        "dio.get: http://h.org/a (call, GET)",
        id="options in a name",
    ),
    pytest.param(
        "final dio = Dio(); dio.options.baseUrl = 'http://h.org'; dio.get('/a');",
        "dio.get: http://h.org/a (call, GET)",
        id="a base that is set",
    ),
    pytest.param("dio.get('/a');", "dio.get: …/a (call, GET)", id="a path without a base"),
    pytest.param("settings.get('/a');", None, id="a path asked of something else"),
    pytest.param(
        "dio.request('http://h.org/a', options: Options(method: 'put'));",
        "dio.request: http://h.org/a (call, PUT)",
        id="the method in the options",
    ),
    pytest.param(
        "final r = http.MultipartRequest('POST', Uri.parse('http://h.org/a'));",
        "http.MultipartRequest: http://h.org/a (call, POST)",
        id="a request object",
    ),
    pytest.param(
        "HttpClient().getUrl(Uri.parse('http://h.org/a'));",
        "HttpClient.getUrl: http://h.org/a (call, GET)",
        id="dart:io",
    ),
    pytest.param(
        "HttpClient().openUrl('PUT', Uri.parse('http://h.org/a'));",
        "HttpClient.openUrl: http://h.org/a (call, PUT)",
        id="the method first",
    ),
    pytest.param(
        "WebSocketChannel.connect(Uri.parse('ws://h.org/a'));",
        "WebSocketChannel.connect: ws://h.org/a (call, WS)",
        id="a channel",
    ),
    pytest.param(
        "IOWebSocketChannel.connect('http://h.org/a');",
        "IOWebSocketChannel.connect: http://h.org/a (call, WS)",
        id="a channel with the wrong scheme",
    ),
    pytest.param(
        "WebSocket.connect('ws://h.org/a');", "WebSocket.connect: ws://h.org/a (call, WS)", id="dart:io's own"
    ),
    pytest.param("room.connect('wss://h.org', token);", "room.connect: wss://h.org (call, WS)", id="a LiveKit room"),
    pytest.param(
        "room.connect('http://h.org', token);", "room.connect: http://h.org (call)", id="which takes http too"
    ),
    pytest.param("Socket.connect('h.org', 99);", "Socket.connect: h.org:99 (call)", id="a plain socket"),
    pytest.param(
        "FirebaseAuth.instance.useAuthEmulator('localhost', 99);",
        "FirebaseAuth.instance.useAuthEmulator: localhost:99 (call)",
        id="an emulator",
    ),
    pytest.param("IO.io('http://h.org', {});", "IO.io: http://h.org (argument)", id="a call that is not known"),
    pytest.param("f(host: 'h.org');", "f.host: h.org (argument)", id="a named argument"),
    pytest.param(
        "if ((await http.get(Uri.parse('http://h.org'))).statusCode == 200) {}",
        "http.get: http://h.org (call, GET)",
        id="a call in a condition",
    ),
    pytest.param(
        "onTap: () async { await http.get(Uri.parse('http://h.org')); };",
        "http.get: http://h.org (call, GET)",
        id="a call in a closure",
    ),
]


@pytest.mark.parametrize(("code", "expected"), CALLS)
def test_a_call_tells_its_method_and_its_address(code: str, expected: str | None) -> None:
    found = [line for line in lines(in_function(code)) if "variable" not in line and "BaseOptions" not in line]
    assert found == ([expected] if expected else [])


HOSTS = [
    pytest.param("const host = 'localhost';", ["host: localhost (constant)"], id="host"),
    pytest.param("const serverIp = '127.0.0.1';", ["serverIp: 127.0.0.1 (constant)"], id="ip"),
    pytest.param("const apiUrl = 'localhost:8000';", ["apiUrl: localhost:8000 (constant)"], id="a URL without scheme"),
    pytest.param("const backendHost = 'api';", ["backendHost: api (constant)"], id="a single word under `host`"),
    pytest.param("const domain = 'h.org';", ["domain: h.org (constant)"], id="a domain"),
    pytest.param("const kLocal = 'localhost';", [], id="a name that says nothing"),
    pytest.param("const title = 'h.org';", [], id="a name that says something else"),
    pytest.param("const serverName = 'localhost';", [], id="what the server is called"),
    pytest.param("const host = 'host', baseUrl = 'base_url';", [], id="the name of a key"),
    pytest.param("const server = 'production';", [], id="a single word under `server`"),
    pytest.param("const urlImage = 'logo.png', apiFile = 'a.json';", [], id="a file"),
    pytest.param("const version = '1.2.3.4';", [], id="a version"),
    pytest.param(
        "const kLocal = 'localhost'; const u = 'http://$kLocal/a';",
        ["u: http://localhost/a (constant)"],
        id="a host without a telling name counts where it is put into a URL",
    ),
]


@pytest.mark.parametrize(("code", "expected"), HOSTS)
def test_a_bare_host_counts_where_its_name_says_so(code: str, expected: list[str]) -> None:
    assert lines(code) == expected


NOTHING = [
    pytest.param("// const u = 'http://localhost';", id="a comment"),
    pytest.param("/// See 'http://localhost'.\nvar a = 1;", id="a doc comment"),
    pytest.param("/* 'http://localhost' /* 'x' */ 'http://localhost' */", id="a nested comment"),
    pytest.param("@RestApi(baseUrl: 'http://localhost')\nclass A {}", id="an annotation"),
    pytest.param("import 'http://localhost/a.dart'; export 'http://localhost/b.dart';", id="an import"),
    pytest.param("bool f(String u) => u == 'http://localhost';", id="a comparison"),
    pytest.param("bool f(String u) => u.contains('localhost') || u.startsWith('http://127.0.0.1');", id="a search"),
    pytest.param("int f(u) { switch (u) { case 'http://localhost': return 1; } return 0; }", id="a case"),
    pytest.param("int f(u) => switch (u) { 'http://localhost' => 1, _ => 0 };", id="a pattern"),
    pytest.param("void f() { print('http://localhost'); }", id="print"),
    pytest.param("void f() { debugPrint('http://localhost'); }", id="debugPrint"),
    pytest.param("void f() { log('http://localhost'); developer.log('http://localhost'); }", id="log"),
    pytest.param("void f() { logger.i('http://localhost'); _log.severe('http://localhost'); }", id="a logger"),
    pytest.param("void f() { throw Exception('http://localhost'); }", id="an exception"),
    pytest.param("void f() { throw 'http://localhost'; }", id="a thrown text"),
    pytest.param("void f() { throw ArgumentError.value(u, 'u', 'http://localhost'); }", id="an error"),
    pytest.param("void f(u) { assert(u != null, 'http://localhost'); }", id="the message of an assertion"),
    pytest.param("final w = Text('http://localhost');", id="a text on the screen"),
    pytest.param("final w = TextField(decoration: InputDecoration(hintText: 'http://localhost'));", id="a hint"),
    pytest.param("final w = ListTile(title: x, tooltip: 'http://localhost');", id="a tooltip"),
    pytest.param(r"final r = RegExp(r'http://localhost:\d+');", id="a pattern of RegExp"),
    pytest.param("const p = 'http://', s = 'https';", id="a scheme alone"),
    pytest.param("const u = 'see http://localhost for more';", id="an address inside a sentence"),
    pytest.param("const u = 'myapp://open', f = 'file:///a', c = 'content://a';", id="schemes of no network"),
    pytest.param("const redirectUrl = 'http://localhost:3000/callback';", id="where a browser is sent back"),
    pytest.param("final h = {'Origin': 'http://localhost', 'Referer': 'http://localhost'};", id="headers that name it"),
    pytest.param("void f() { HttpServer.bind('localhost', 8080); }", id="a socket that listens"),
    pytest.param("const host = 'localhost'; bool f(h) => h == host;", id="a host that is only compared"),
    pytest.param("const allowedHosts = ['localhost']; f(h) => allowedHosts.contains(h);", id="a list to search in"),
    pytest.param("final u = widget.url; final v = config['url'];", id="values that nobody knows"),
    pytest.param("", id="nothing at all"),
]


@pytest.mark.parametrize("code", NOTHING)
def test_what_is_no_address_that_is_called(code: str) -> None:
    assert lines(code) == []


@pytest.mark.parametrize(
    "path",
    [
        "test/a.dart",
        "app/integration_test/a.dart",
        "lib/a.g.dart",
        "lib/a.freezed.dart",
        "lib/a.pb.dart",
        "lib/a.mocks.dart",
        "lib/a.gr.dart",
    ],
)
def test_tests_and_generated_code_are_no_part_of_the_app(path: str) -> None:
    assert lines({path: "const apiUrl = 'http://localhost';"}) == []
