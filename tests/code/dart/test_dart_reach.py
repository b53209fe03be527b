"""When an address is reached: in which builds, on which platforms, and behind which variables."""

import pytest
from dart_apps import lines, values

from configlint.model.reason import Reason

A, B = "http://a.org", "http://b.org"

BUILDS = [
    pytest.param("kDebugMode ? 'http://a.org' : 'http://b.org'", "debug", "always", id="kDebugMode"),
    pytest.param("foundation.kDebugMode ? 'http://a.org' : 'http://b.org'", "debug", "always", id="behind a prefix"),
    pytest.param("!kDebugMode ? 'http://a.org' : 'http://b.org'", "always", "debug", id="not"),
    pytest.param("kReleaseMode ? 'http://a.org' : 'http://b.org'", "always", "debug", id="kReleaseMode"),
    pytest.param("kProfileMode ? 'http://a.org' : 'http://b.org'", "debug", "always", id="kProfileMode"),
    pytest.param("kDebugMode && x ? 'http://a.org' : 'http://b.org'", "debug", "always", id="and"),
    pytest.param("kDebugMode || x ? 'http://a.org' : 'http://b.org'", "always", "always", id="or"),
    pytest.param("kReleaseMode || x ? 'http://a.org' : 'http://b.org'", "always", "debug", id="or, of a release"),
    pytest.param("x ? 'http://a.org' : 'http://b.org'", "always", "always", id="nobody knows"),
    pytest.param("isProduction ? 'http://a.org' : 'http://b.org'", "always", "debug", id="a name says production"),
    pytest.param("Env.isDev ? 'http://a.org' : 'http://b.org'", "debug", "always", id="a name says development"),
    pytest.param("isNotProduction ? 'http://a.org' : 'http://b.org'", "debug", "always", id="a name says not"),
    pytest.param("flavor == Flavor.dev ? 'http://a.org' : 'http://b.org'", "debug", "always", id="a flavour"),
    pytest.param("env == 'production' ? 'http://a.org' : 'http://b.org'", "always", "debug", id="a name in a string"),
    pytest.param("env != 'production' ? 'http://a.org' : 'http://b.org'", "debug", "always", id="unlike"),
    pytest.param(
        "const bool.fromEnvironment('dart.vm.product') ? 'http://a.org' : 'http://b.org'",
        "always",
        "debug",
        id="the VM's",
    ),
    pytest.param(
        "const bool.fromEnvironment('EMU') ? 'http://a.org' : 'http://b.org'",
        "debug",
        "always",
        id="a define without default",
    ),
    pytest.param(
        "const bool.fromEnvironment('EMU', defaultValue: true) ? 'http://a.org' : 'http://b.org'",
        "always",
        "debug",
        id="a define by its default",
    ),
    pytest.param(
        "const bool.hasEnvironment('K') ? 'http://a.org' : 'http://b.org'", "debug", "always", id="hasEnvironment"
    ),
    pytest.param(
        "switch (flavor) { Flavor.dev => 'http://a.org', _ => 'http://b.org' }", "debug", "always", id="switch"
    ),
    pytest.param(
        "switch (flavor) { 'prod' => 'http://a.org', _ => 'http://b.org' }",
        "always",
        "debug",
        id="the rest of a switch",
    ),
]


@pytest.mark.parametrize(("code", "of_a", "of_b"), BUILDS)
def test_a_condition_tells_in_which_builds_an_address_is_reached(code: str, of_a: str, of_b: str) -> None:
    found = {value.text.raw: value.reach for value in values(f"final u = {code};")}
    assert found == {A: of_a, B: of_b}


CONSTANTS = [
    pytest.param("const isProd = true;", "always", "debug", id="true"),
    pytest.param("const isProd = false;", "debug", "always", id="false: what it names is not what counts"),
    pytest.param("const bool isProd = kReleaseMode;", "always", "debug", id="another name for a build"),
    pytest.param("bool get isProd => !kDebugMode;", "always", "debug", id="a getter"),
    pytest.param("const env = 'prod'; bool get isProd => env == 'prod';", "always", "debug", id="texts that are equal"),
    pytest.param("const env = 'dev'; bool get isProd => env == 'prod';", "debug", "always", id="texts that differ"),
    pytest.param(
        "enum E { dev, prod } const e = E.prod; bool get isProd => e == E.prod;",
        "always",
        "debug",
        id="values of an enum",
    ),
]


@pytest.mark.parametrize(("declared", "of_a", "of_b"), CONSTANTS)
def test_the_apps_own_constants_decide_conditions(declared: str, of_a: str, of_b: str) -> None:
    found = values(declared + " final u = isProd ? 'http://a.org' : 'http://b.org';")
    assert {value.text.raw: value.reach for value in found} == {A: of_a, B: of_b}


STATEMENTS = [
    pytest.param(
        "if (kDebugMode) return 'http://a.org'; return 'http://b.org';", "debug", "always", id="an early return"
    ),
    pytest.param(
        "if (kReleaseMode) { return 'http://a.org'; } return 'http://b.org';", "always", "debug", id="what is left over"
    ),
    pytest.param(
        "if (kDebugMode) { return 'http://a.org'; } else { return 'http://b.org'; }", "debug", "always", id="else"
    ),
    pytest.param(
        "String u; if (kDebugMode) { u = 'http://a.org'; } else { u = 'http://b.org'; } return u;",
        "debug",
        "always",
        id="a name set in branches",
    ),
    pytest.param(
        "var u = 'http://b.org'; if (kDebugMode) u = 'http://a.org'; return u;",
        "debug",
        "always",
        id="a name set again",
    ),
    pytest.param(
        "try { if (kDebugMode) return 'http://a.org'; } catch (_) {} return 'http://b.org';",
        "debug",
        "always",
        id="try",
    ),
    pytest.param(
        "switch (flavor) { case Flavor.dev: return 'http://a.org'; default: return 'http://b.org'; }",
        "debug",
        "always",
        id="cases that return",
    ),
    pytest.param(
        "var u = ''; switch (e) { case 'dev': u = 'http://a.org'; break; case 'prod': u = 'http://b.org'; } return u;",
        "debug",
        "always",
        id="cases that break",
    ),
    pytest.param(
        "for (final x in xs) { if (x) return 'http://a.org'; } return 'http://b.org';", "always", "always", id="a loop"
    ),
    pytest.param(
        "assert(() { f('http://a.org'); return true; }()); return 'http://b.org';", "debug", "always", id="an assertion"
    ),
]


@pytest.mark.parametrize(("code", "of_a", "of_b"), STATEMENTS)
def test_statements_tell_in_which_builds_an_address_is_reached(code: str, of_a: str, of_b: str) -> None:
    found = values(f"String get url {{ {code} }}")
    assert {value.text.raw: value.reach for value in found} == {A: of_a, B: of_b}


PLATFORMS = [
    pytest.param("kIsWeb ? 'http://a.org' : 'http://b.org'", ("browser", "mobile"), id="the web"),
    pytest.param("Platform.isMacOS ? 'http://a.org' : 'http://b.org'", ("host", "mobile"), id="a desktop"),
    pytest.param(
        "Platform.isAndroid ? 'http://a.org' : 'http://b.org'", ("mobile", "mobile"), id="one phone or another"
    ),
    pytest.param(
        "Platform.isAndroid || Platform.isIOS ? 'http://a.org' : 'http://b.org'", ("mobile", "browser"), id="any phone"
    ),
    pytest.param(
        "defaultTargetPlatform == TargetPlatform.linux ? 'http://a.org' : 'http://b.org'",
        ("host", "mobile"),
        id="its target",
    ),
]


@pytest.mark.parametrize(("code", "expected"), PLATFORMS)
def test_a_platform_tells_who_calls(code: str, expected: tuple[str, str]) -> None:
    found = {value.text.raw: value.audience for value in values(f"final u = {code};")}
    assert (found[A], found[B]) == expected


def test_the_debug_branch_of_another_platform_is_not_that_of_a_phone() -> None:
    found = values(
        "String get u { if (kIsWeb) { if (kDebugMode) return 'http://a.org'; return ''; } return 'http://b.org'; }"
    )
    assert [(value.text.raw, value.audience, value.reach) for value in found] == [
        (A, "browser", "debug"),
        (B, "mobile", "always"),
    ]


def test_parts_that_no_build_joins_are_not_joined() -> None:
    code = "final u = '${kDebugMode ? 'http' : 'https'}://${kDebugMode ? 'a.org' : 'b.org'}';"
    assert lines(code) == ["u: http://a.org (constant, debug)", "u: https://b.org (constant)"]


VARIABLES = [
    pytest.param("final u = dotenv.env['U'] ?? 'http://b.org';", id="??"),
    pytest.param("final u = dotenv.get('U', fallback: 'http://b.org');", id="get"),
    pytest.param(
        "String get u { final e = dotenv.env['U']; if (e != null) return e; return 'http://b.org'; }",
        id="a test for null",
    ),
    pytest.param(
        "String get u { final e = dotenv.env['U']; if (e == null || e.isEmpty) return 'http://b.org'; return e; }",
        id="a test for emptiness",
    ),
    pytest.param(
        "String get u { try { final e = dotenv.env['U']; if (e != null) return e; } catch (e) { f(e); }"
        " return 'http://b.org'; }",
        id="in a try",
    ),
    pytest.param(
        "final e = dotenv.env['U']; final u = e != null && e.isNotEmpty ? e : 'http://b.org';", id="a conditional"
    ),
    pytest.param(
        "final u = dotenv.env['U']?.isNotEmpty == true ? dotenv.env['U']! : 'http://b.org';", id="a comparison"
    ),
    pytest.param(
        "final u = dotenv.env.containsKey('U') ? dotenv.env['U']! : 'http://b.org';", id="a question for the key"
    ),
]


@pytest.mark.parametrize("code", VARIABLES)
def test_a_variable_that_is_set_keeps_its_fallback_behind_it(code: str) -> None:
    found = {value.text.raw: value for value in values(code, {"U": A}) if value.name == "u"}
    assert (found[A].reach, found[B].reach) == ("always", "latent")
    assert [place.path for place in found[A].text.places] == [".env"]


@pytest.mark.parametrize("code", VARIABLES)
def test_a_variable_that_nothing_sets_is_judged_by_its_fallback(code: str) -> None:
    found = [value for value in values(code) if value.name == "u"]
    assert [(value.text.raw, value.reach) for value in found] == [(B, "always")]


@pytest.mark.parametrize("code", VARIABLES)
def test_a_variable_that_cannot_be_read_is_unknown_and_its_fallback_unread(code: str) -> None:
    found = [value for value in values(code.replace(" u ", " url "), {"U": None}) if value.name == "url"]
    assert sorted((value.text.known, value.unread) for value in found) == [(False, False), (True, True)]
    assert {value.text.reason for value in found} == {Reason("missing-file"), None}


def test_a_fallback_says_for_which_variable_it_stands() -> None:
    (found,) = values("final u = dotenv.env['API_URL'] ?? 'http://b.org';")
    assert (found.variable, found.text.depends) == ("API_URL", ("API_URL",))


USES = [
    pytest.param("const u = 'http://a.org';", "always", id="nobody uses it"),
    pytest.param("const u = 'http://a.org'; final v = kDebugMode ? u : w;", "debug", id="only debug builds use it"),
    pytest.param(
        "const u = 'http://a.org'; final v = kDebugMode ? u : w; f() { http.get(u); }",
        "always",
        id="somebody else does too",
    ),
    pytest.param(
        "const u = 'http://a.org'; final v = kDebugMode ? u : w; f() { open(u); }",
        "always",
        id="in code without addresses",
    ),
    pytest.param(
        "const u = 'http://a.org'; final v = kDebugMode ? u : w; f() { print(u); }", "debug", id="to log it is no use"
    ),
]


@pytest.mark.parametrize(("code", "expected"), USES)
def test_a_constant_is_reached_where_it_is_used(code: str, expected: str) -> None:
    assert [value.reach for value in values(code) if value.name == "u"] == [expected]


HOLDERS = [
    pytest.param("class DevConfig { String get u => 'http://a.org'; }", "debug", id="a class for development"),
    pytest.param("class AppConfig { String get u => 'http://a.org'; }", "always", id="a class for all"),
    pytest.param("class DeviceService { String get u => 'http://a.org'; }", "always", id="a word that only begins so"),
    pytest.param("class A { static const dev = Config(u: 'http://a.org'); }", "debug", id="an object for development"),
    pytest.param("enum E { dev('http://a.org'); const E(this.u); final String u; }", "debug", id="a value of an enum"),
    pytest.param("const urls = {'dev': 'http://a.org'};", "debug", id="the entry of a map"),
    pytest.param("const urls = {'prod': 'http://a.org'};", "always", id="the entry for production"),
]


@pytest.mark.parametrize(("code", "expected"), HOLDERS)
def test_what_is_named_for_a_build_counts_for_it(code: str, expected: str) -> None:
    assert [value.reach for value in values(code)] == [expected]


def test_what_is_named_for_development_counts_always_where_it_is_always_used() -> None:
    found = values("const urls = {'dev': 'http://a.org'}; const env = 'dev'; final u = '${urls[env]}/x';")
    assert [value.reach for value in found if value.name == "u"] == ["always"]


LOCAL = "const base = 'http://localhost:8000'; "

SUBSTITUTIONS = [
    pytest.param(
        "String get u => kDebugMode ? base.replaceAll('localhost', ip) : base;",
        ["base: substituted", "u: debug", "u: substituted"],
        id="in debug builds only",
    ),
    pytest.param(
        "String get u { if (kDebugMode) { return base.replaceAll('localhost', ip); } return base; }",
        ["base: substituted", "u: debug", "u: substituted"],
        id="in an if",
    ),
    pytest.param(
        "String get u { var v = base; if (kDebugMode) v = v.replaceFirst('localhost', ip); return v; }",
        ["base: substituted", "u: debug", "u: substituted"],
        id="in a local name",
    ),
    pytest.param(
        "String fix(String v) => kDebugMode ? v.replaceAll('localhost', ip) : v; String get u => fix(base);",
        ["base: substituted", "fix: debug", "fix: substituted", "u: debug", "u: substituted"],
        id="in a function that is called with it",
    ),
    pytest.param("String get u => base.replaceAll('localhost', ip);", ["u: always"], id="in every build"),
    pytest.param(
        "String get u => base.replaceAll('localhost', ip); f() { http.get(Uri.parse(base)); }",
        ["http.get: always", "u: always"],
        id="in every build, but somebody calls it as it is",
    ),
    pytest.param(
        "String get u => base.replaceFirst('http', 'ws');", ["base: always", "u: always"], id="another part of it"
    ),
    pytest.param(
        "String get u => kDebugMode ? base.replaceAll('127.0.0.1', ip) : base;",
        ["base: always", "u: always", "u: debug"],
        id="another host",
    ),
]


@pytest.mark.parametrize(("code", "expected"), SUBSTITUTIONS)
def test_a_host_that_the_app_exchanges(code: str, expected: list[str]) -> None:
    assert (
        sorted(f"{value.name}: {value.reach}" for value in values(LOCAL + code) if value.role != "variable") == expected
    )


def test_a_default_that_every_call_overrides_is_latent() -> None:
    code = "class A { A({this.u = 'http://a.org'}); final String u; } final a = A(u: 'http://b.org');"
    assert lines(code) == ["A.u: http://a.org (default, latent)", "A.u: http://b.org (argument)"]


def test_a_default_that_one_call_omits_counts() -> None:
    code = "class A { A({this.u = 'http://a.org'}); final String u; } final a = A(u: 'http://b.org'), b = A();"
    assert "A.u: http://a.org (default)" in lines(code)


LOCALS = [
    pytest.param("if (!kIsWeb) url = 'http://b.org';", "browser", "mobile", id="a first value for the web"),
    pytest.param("if (kIsWeb) url = 'http://b.org';", "mobile", "browser", id="a first value for phones"),
    pytest.param("if (x) url = 'http://b.org';", "mobile", "mobile", id="a value that may be replaced"),
    pytest.param("url = 'http://b.org';", "", "mobile", id="a value that is always replaced"),
    pytest.param(
        "if (kIsWeb) { url = 'http://b.org'; } else { url = 'http://c.org'; }", "", "browser", id="in either branch"
    ),
]


@pytest.mark.parametrize(("code", "of_a", "of_b"), LOCALS)
def test_a_local_value_is_judged_where_it_is_read(code: str, of_a: str, of_b: str) -> None:
    found = {
        value.text.raw: value.audience for value in values(f"f() {{ var url = 'http://a.org'; {code} return url; }}")
    }
    assert (found.get(A, ""), found[B]) == (of_a, of_b)


FILES = [
    ("lib/main_dev.dart", "debug"),
    ("lib/main_local.dart", "debug"),
    ("lib/env/dev_env.dart", "debug"),
    ("lib/config/development/api.dart", "debug"),
    ("lib/main_prod.dart", "always"),
    ("lib/main_staging.dart", "always"),
    ("lib/local_api.dart", "always"),
    ("lib/device_list.dart", "always"),
    ("lib/dev_tools_page.dart", "always"),
]


@pytest.mark.parametrize(("path", "reach"), FILES)
def test_the_path_of_a_file_may_say_for_which_builds_it_is(path: str, reach: str) -> None:
    assert [value.reach for value in values({path: "const api = 'http://a.org';"})] == [reach]


STARTED = [
    pytest.param("void main() => start(AppConfig.dev);", "always", id="handed on"),
    pytest.param("void main() { final config = AppConfig.dev; start(config); }", "always", id="by a local name"),
    pytest.param("void main() => start(kDebugMode ? AppConfig.dev : AppConfig.prod);", "debug", id="in debug builds"),
    pytest.param("void main() => start(AppConfig.prod);", "debug", id="another one"),
]


@pytest.mark.parametrize(("main", "reach"), STARTED)
def test_what_main_picks_is_for_every_build_whatever_its_name_says(main: str, reach: str) -> None:
    config = """
    class AppConfig {
      const AppConfig(this.apiUrl);
      final String apiUrl;
      static const dev = AppConfig('http://a.org'), prod = AppConfig('http://b.org');
    }
    """
    found = values({"lib/config.dart": config, "lib/main.dart": f"import 'config.dart'; {main}"})
    assert {value.reach for value in found if value.text.raw == A} == {reach}


FIELDS = [
    pytest.param("Api() { if (!kIsWeb) url = 'http://b.org'; }", "browser", "mobile", id="the constructor replaces it"),
    pytest.param("Api() { if (x) url = 'http://b.org'; }", "mobile", "mobile", id="the constructor may replace it"),
    pytest.param("void later() { if (!kIsWeb) url = 'http://b.org'; }", "mobile", "mobile", id="a method does, later"),
]


@pytest.mark.parametrize(("code", "of_a", "of_b"), FIELDS)
def test_the_first_value_of_a_field_is_judged_where_it_is_left(code: str, of_a: str, of_b: str) -> None:
    found = values(f"class Api {{ String url = 'http://a.org'; {code} String get users => '$url/users'; }}")
    audiences = {value.text.raw: value.audience for value in found if value.name == "Api.url"}
    assert (audiences[A], audiences[B]) == (of_a, of_b)
