"""Secrets that stand in an app's code."""

import pytest
from dart_apps import values

S = "Zq81hsPq0aZx71bN"


def found(code: str, env: dict[str, str | None] | None = None) -> list[tuple[str, str]]:
    return [(value.name, value.role) for value in values(code, env) if value.kind == "secret"]


SECRETS = [
    pytest.param(f"const apiSecret = '{S}';", ("apiSecret", "constant"), id="a constant"),
    pytest.param(f"class A {{ static const jwtSecret = '{S}'; }}", ("A.jwtSecret", "constant"), id="in a class"),
    pytest.param(f"String get dbPassword => '{S}';", ("dbPassword", "getter"), id="a getter"),
    pytest.param(f"void f() {{ final apiToken = '{S}'; }}", ("f.apiToken", "variable"), id="a local name"),
    pytest.param(f"void f({{String password = '{S}'}}) {{}}", ("f.password", "default"), id="a default"),
    pytest.param(f"final m = {{'api_secret': '{S}'}};", ("m.api_secret", "constant"), id="the entry of a map"),
    pytest.param(f"final t = AccessToken(secret: '{S}');", ("AccessToken.secret", "argument"), id="an argument"),
    pytest.param(f"final s = dotenv.env['API_SECRET'] ?? '{S}';", ("API_SECRET", "fallback"), id="a fallback"),
    pytest.param("final s = dotenv.env['API_SECRET'] ?? 'secret';", ("API_SECRET", "fallback"), id="a weak fallback"),
    pytest.param(f"final s = dotenv.get('API_SECRET', fallback: '{S}');", ("API_SECRET", "fallback"), id="dotenv.get"),
    pytest.param(
        f"const s = String.fromEnvironment('API_SECRET', defaultValue: '{S}');",
        ("API_SECRET", "default"),
        id="a define",
    ),
    pytest.param(f"const sessionKey = '{S}';", ("sessionKey", "constant"), id="a key that is not made of words"),
    pytest.param("const apiKey = 'acme-gateway-two';", ("apiKey", "constant"), id="a weak key"),
    pytest.param("const k = 'x', secretKey = 'qWeRtYuIoPaSdFgHjKlZ';", ("secretKey", "constant"), id="random letters"),
    pytest.param(f"final apiSecret = x ? '{S}' : '';", ("apiSecret", "constant"), id="in a branch"),
    pytest.param(f"f() {{ http.get(u); client.setApiKey('{S}'); }}", ("client.setApiKey", "argument"), id="a setter"),
    pytest.param(
        f"f() {{ http.get(u); sign(SecretKey('{S}')); }}", ("SecretKey", "argument"), id="a type that holds a secret"
    ),
]


@pytest.mark.parametrize(("code", "expected"), SECRETS)
def test_a_secret_in_the_code_is_found(code: str, expected: tuple[str, str]) -> None:
    assert found(code) == [expected]


@pytest.mark.parametrize(
    "env", [None, {"API_SECRET": "another"}, {"API_SECRET": None}], ids=["unset", "set", "unreadable"]
)
def test_a_fallback_is_shipped_whatever_the_environment_says(env: dict[str, str | None] | None) -> None:
    code = f"final s = dotenv.env['API_SECRET'] ?? '{S}';"
    secrets = [value for value in values(code, env) if value.kind == "secret"]
    assert [(value.text.raw, value.reach, value.variable) for value in secrets] == [(S, "always", "API_SECRET")]


def test_a_secret_never_shows_itself() -> None:
    shown = [str(value.text) for value in values(f"const apiSecret = '{S}';")]
    assert shown == ["<secret, under 32 characters>"]


def test_a_password_in_an_address_never_shows_itself() -> None:
    (value,) = values("const url = 'http://me:hunter2@h.org/a';")
    assert str(value.text) == "http://me:<secret, under 32 characters>@h.org/a"


def test_a_secret_that_a_name_passes_on_is_one_secret() -> None:
    code = f"const apiSecret = '{S}'; final secret = apiSecret; f() {{ g(secret: secret); }}"
    assert found(code) == [("apiSecret", "constant")]


def test_the_name_of_a_pair_is_no_secret_beside_its_secret() -> None:
    assert found(f"final t = AccessToken(apiKey: 'devkey01', secret: '{S}');") == [("AccessToken.secret", "argument")]


NO_SECRETS = [
    pytest.param("class LiveKitConfig { static const apiKey = 'APIabc123'; }", id="LiveKit's name of a pair"),
    pytest.param("const tokenKey = 'jwt_token', accessToken = 'access_token';", id="the key under which one is stored"),
    pytest.param("const password = 'Password', forgotPassword = 'Forgotten';", id="a word on the screen"),
    pytest.param("const passwordHint = 'Your password', tokenText = 'Enter the token';", id="a sentence"),
    pytest.param("const password = 'Mot de passe', secret = 'Clé';", id="a word in another language"),
    pytest.param("const resetPassword = '/reset-password';", id="a path"),
    pytest.param("const tokenUrl = 'https://h.org/token';", id="an address"),
    pytest.param("const apiSecret = '';", id="nothing"),
    pytest.param("final h = {'Authorization': 'Bearer $token'};", id="one that is known when the app runs"),
    pytest.param("final w = TextField(decoration: InputDecoration(labelText: 'Password1'));", id="a label"),
    pytest.param("final s = dotenv.env['API_SECRET']!;", id="one that the environment gives"),
    pytest.param("bool f(password) => password == 'hunter22';", id="a comparison"),
    pytest.param("f() { http.get(u); fetchToken('my-room-42', 'alice7'); }", id="what a function needs to fetch one"),
    pytest.param("f() { http.get(u); api.refreshToken('session-1234'); }", id="what a method needs to renew one"),
    pytest.param("f() { http.get(u); g(AuthorizationTokenRequest('client-7')); }", id="what a request for one holds"),
    pytest.param("const _tokenStorageKey = 'auth_token_v2', fcmTokenTopic = 'news-1';", id="names about one"),
    pytest.param("const _themeStorageKey = 'theme_mode', sessionKey = 'session_user';", id="names of stored things"),
    pytest.param("final tab = PageStorageKey<String>('orders-list-2');", id="Flutter's key of a widget"),
    pytest.param(
        "const k = String.fromEnvironment('JWT_STORAGE_KEY', defaultValue: 'acme-jwt');", id="one with a default"
    ),
    pytest.param(
        "const accessToken = 'acme.session'; f(prefs) { http.get(u); prefs.getString(accessToken); }",
        id="what a store is asked for",
    ),
]


@pytest.mark.parametrize("code", NO_SECRETS)
def test_what_is_no_secret_in_the_code(code: str) -> None:
    assert found(code) == []
