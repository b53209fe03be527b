"""What an app holds and loads: its addresses and their reach, secrets, copies of constants, env files."""

from collections.abc import Mapping

import pytest
from trees import built_in, found, run

PUBSPEC = "name: app\ndependencies: {flutter: {sdk: flutter}, flutter_dotenv: any}\n"
IMPORTS = "import 'package:flutter/foundation.dart';\nimport 'package:flutter_dotenv/flutter_dotenv.dart';\n"
HOSTS = ("mobile-localhost", "mobile-emulator-host", "mobile-lan-address")


def told(files: Mapping[str, str], *rules: str, configuration: str = "") -> list[tuple[str, str, str]]:
    return found(run({"pubspec.yaml": PUBSPEC, **files}, *built_in(*rules), configuration=configuration))


class TestHosts:
    """The level of an address by its host and by where it is reached."""

    def level(self, line: str, configuration: str = "", **files: str) -> list[tuple[str, str]]:
        content = {
            "lib/a.dart": f"{IMPORTS}{line}\n",
            **{path.replace("__", "."): text for path, text in files.items()},
        }
        return [
            (rule.removeprefix("mobile-"), level)
            for rule, level, _ in told(content, *HOSTS, configuration=configuration)
        ]

    @pytest.mark.parametrize(
        ("host", "expected"),
        [
            ("localhost", [("localhost", "error")]),
            ("127.0.0.1", [("localhost", "error")]),
            ("0.0.0.0", [("localhost", "error")]),
            ("[::1]", [("localhost", "error")]),
            ("api", [("localhost", "error")]),
            ("host.docker.internal", [("localhost", "error")]),
            ("10.0.2.2", [("emulator-host", "warning")]),
            ("10.0.3.2", [("emulator-host", "warning")]),
            ("192.168.1.7", [("lan-address", "info")]),
            ("10.1.2.3", [("lan-address", "info")]),
            ("raspberry.local", [("lan-address", "info")]),
            ("api.acme.dev", []),
            ("203.0.113.7", []),
            ("your-server.com", []),
        ],
    )
    def test_of_a_constant(self, host: str, expected: list[tuple[str, str]]) -> None:
        assert self.level(f"const String api = 'http://{host}:8000';") == expected

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("final a = kDebugMode ? 'http://localhost:1' : 'https://a.acme.dev';", "info"),
            ("final a = kReleaseMode ? 'https://a.acme.dev' : 'http://localhost:1';", "info"),
            ("final a = kReleaseMode ? 'http://localhost:1' : 'https://a.acme.dev';", "error"),
            ("String get a { if (kDebugMode) return 'http://localhost:1'; return 'https://a.acme.dev'; }", "info"),
            ("final a = dotenv.env['A_URL'] ?? 'http://localhost:1';", "error"),
            ("const a = String.fromEnvironment('A_URL', defaultValue: 'http://localhost:1');", "error"),
            (
                "const a = 'http://localhost:1';\n"
                "String get b => kDebugMode ? a.replaceAll('localhost', '192.168.1.7') : a;",
                "warning",
            ),
        ],
    )
    def test_by_its_reach(self, line: str, expected: str) -> None:
        assert [level for name, level in self.level(line) if name == "localhost"] == [expected]

    def test_a_fallback_of_a_variable_that_is_set(self) -> None:
        line = "final a = dotenv.env['A_URL'] ?? 'http://localhost:1';"
        bundled = {"pubspec__yaml": PUBSPEC + "flutter: {assets: [.env]}\n", "__env": "A_URL=https://a.acme.dev\n"}
        assert self.level(line, **bundled) == [("localhost", "warning")]

    def test_the_configured_host_is_the_backend(self) -> None:
        line = "const a = 'http://192.168.1.7:8000', b = 'http://192.168.1.8:8000';"
        assert self.level(line, "mobile: {host: 192.168.1.7}") == [("lan-address", "info")]


class TestSecrets:
    """Secrets in the code of an app and in what it bundles."""

    REAL = "k3Jd82hsPq0aZx71bNvC5mLr9tYw4uEe"

    def places(self, files: Mapping[str, str]) -> list[tuple[str, str]]:
        return [(level, place) for _, level, place in told(files, "mobile-secret")]

    @pytest.mark.parametrize(
        ("line", "count"),
        [
            ("LIVEKIT_API_SECRET={}", 1),
            ("OPENAI_API_KEY=sk-{}", 1),
            ("DB_PASSWORD={}", 1),
            ("LIVEKIT_API_KEY={}", 0),
            ("SUPABASE_ANON_KEY={}", 0),
            ("STRIPE_PUBLISHABLE_KEY=pk_live_{}", 0),
            ("GOOGLE_MAPS_API_KEY=AIza{}", 0),
            ("API_URL=https://{}.acme.dev", 0),
            ("API_SECRET=your_secret_here", 0),
            ("API_SECRET=", 0),
        ],
    )
    def test_of_a_bundled_file(self, line: str, count: int) -> None:
        files = {"pubspec.yaml": PUBSPEC + "flutter:\n  assets: [.env]\n", ".env": line.format(self.REAL) + "\n"}
        assert self.places(files) == [("error", ".env:1")] * count
        assert self.places(files | {"pubspec.yaml": PUBSPEC}) == []

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("const apiSecret = '{}';", ["error"]),
            ("final s = dotenv.env['LIVEKIT_API_SECRET'] ?? '{}';", ["error"]),
            ("const s = String.fromEnvironment('API_SECRET', defaultValue: '{}');", ["error"]),
            ("final apiSecret = kDebugMode ? '{}' : fetch();", ["info"]),
            ("final apiSecret = dotenv.env['API_SECRET'];", []),
            ("final options = FirebaseOptions(apiKey: 'AIza{}', appId: '1');", []),
            ("// const apiSecret = '{}';", []),
        ],
    )
    def test_of_code(self, line: str, expected: list[str]) -> None:
        files = {"lib/a.dart": IMPORTS + line.replace("{}", self.REAL) + "\n"}
        assert [level for level, _ in self.places(files)] == expected


class TestConstants:
    """Public constants of one name and one purpose."""

    def conflicts(self, one: str, two: str, other: str = "lib/b.dart") -> int:
        return len(told({"lib/a.dart": one + "\n", other: two + "\n"}, "constant-conflict"))

    def held(self, owner: str, name: str, address: str) -> str:
        return f"class {owner} {{ static const String {name} = '{address}'; }}"

    @pytest.mark.parametrize(
        ("address", "count"),
        [
            ("wss://live.acme.dev:8780", 0),
            ("wss://live.acme.dev:8780/", 0),
            ("https://live.acme.dev:8781", 0),
            ("wss://live.acme.dev:7880", 1),
            ("wss://old.acme.dev:8780", 1),
            ("wss://$host:8780", 0),
        ],
    )
    def test_what_is_another_address(self, address: str, count: int) -> None:
        one, two = (
            self.held(owner, "liveUrl", url) for owner, url in (("A", "wss://live.acme.dev:8780"), ("B", address))
        )
        assert self.conflicts(one, two) == count

    @pytest.mark.parametrize(
        ("one", "two", "count"),
        [
            (("AppConstants", "liveUrl"), ("NetworkConfig", "liveUrl"), 1),
            (("CallScreen", "liveUrl"), ("ChatScreen", "liveUrl"), 1),
            (("AppConstants", "baseUrl"), ("ApiConfig", "baseUrl"), 1),
            (("AsrService", "baseUrl"), ("TtsService", "baseUrl"), 0),
            (("AppConstants", "liveUrl"), ("AppConstants", "chatUrl"), 0),
            (("AppConstants", "_liveUrl"), ("NetworkConfig", "_liveUrl"), 0),
            (("DevConfig", "liveUrl"), ("ProdConfig", "liveUrl"), 0),
            (("AppConstants", "liveUrlDev"), ("NetworkConfig", "liveUrlDev"), 0),
            (("AppConstants", "deviceUrl"), ("NetworkConfig", "deviceUrl"), 1),
        ],
    )
    def test_what_is_one_purpose(self, one: tuple[str, str], two: tuple[str, str], count: int) -> None:
        assert self.conflicts(self.held(*one, "wss://a.acme.dev"), self.held(*two, "wss://b.acme.dev")) == count

    @pytest.mark.parametrize(
        ("one", "other", "count"),
        [
            ("const baseUrl = 'https://a.acme.dev';", "lib/config.dart", 1),
            ("const baseUrl = 'https://a.acme.dev';", "lib/chat_service.dart", 0),
            ("const baseUrl = 'https://a.acme.dev';", "lib/env/prod.dart", 0),
            ("final baseUrl = kDebugMode ? 'https://a.acme.dev' : 'https://b.acme.dev';", "lib/config.dart", 0),
            ("final baseUrl = isTablet ? 'https://a.acme.dev' : 'https://b.acme.dev';", "lib/config.dart", 0),
        ],
    )
    def test_constants_of_files(self, one: str, other: str, count: int) -> None:
        files = {"lib/constants.dart": IMPORTS + one + "\n", other: "const baseUrl = 'https://b.acme.dev';\n"}
        assert len(told(files, "constant-conflict")) == count

    def test_apps_have_constants_of_their_own(self) -> None:
        files = {
            f"{app}/{path}": content
            for app in ("one", "two")
            for path, content in {
                "pubspec.yaml": PUBSPEC,
                "lib/a.dart": f"const liveUrl = 'wss://{app}.acme.dev';\n",
            }.items()
        }
        assert found(run(files, *built_in("constant-conflict"))) == []


LOAD = [("warning", "lib/main.dart:3")]


class TestEnvFiles:
    """The env files that an app loads."""

    def found(self, line: str, assets: str, *present: str, ignored: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        files = {
            "app/pubspec.yaml": f"{PUBSPEC}flutter:\n  assets: {assets}\n",
            "app/lib/main.dart": f"{IMPORTS}void main() async {{ {line} }}\n",
            **{f"app/{path}": "A=1\n" for path in present},
        }
        result = run(files, *built_in("flutter-env"), ignored=ignored)
        return [(level, place.removeprefix("app/")) for _, level, place in found(result)]

    @pytest.mark.parametrize(
        ("line", "assets", "present", "expected"),
        [
            ("await dotenv.load();", "[.env]", [".env"], []),
            ("await dotenv.load(fileName: '.env');", "[assets/, .env]", [".env"], []),
            ("await dotenv.load(fileName: 'assets/.env');", "[assets/]", ["assets/.env"], []),
            ("await dotenv.load(fileName: 'assets/env/.env');", "[assets/]", ["assets/env/.env"], LOAD),
            ("await dotenv.load();", "[images/]", [".env"], LOAD),
            ("await dotenv.load();", "[assets/.env]", ["assets/.env"], LOAD),
            ("await dotenv.load();", "[assets/.env]", [".env"], [("warning", "pubspec.yaml:4")]),
            ("await dotenv.load();", "[.env]", [], [("warning", "pubspec.yaml:4")]),
            ("await dotenv.load();", "[.env]", [".env.example"], [("unverifiable", "lib/main.dart:3")]),
            ("await dotenv.load(isOptional: true);", "[images/]", [], [("info", "lib/main.dart:3")]),
            ("if (kDebugMode) await dotenv.load();", "[images/]", [], [("info", "lib/main.dart:3")]),
            ("await dotenv.load(fileName: '.env.$flavour');", "[images/]", [], []),
            ("await cache.load();", "[images/]", [], []),
        ],
    )
    def test_what_is_bundled(self, line: str, assets: str, present: list[str], expected: list[tuple[str, str]]) -> None:
        assert self.found(line, assets, *present) == expected

    def test_a_file_that_git_ignores(self) -> None:
        assert self.found("await dotenv.load();", "[.env]", ignored=("app/.env",)) == [
            ("unverifiable", "lib/main.dart:3")
        ]

    def test_each_file_of_a_choice(self) -> None:
        line = "await dotenv.load(fileName: kReleaseMode ? '.env.production' : '.env.dev');"
        assert self.found(line, "[.env.production]", ".env.production") == [("info", "lib/main.dart:3")]
        assert self.found(line, "[.env.dev]", ".env.dev") == LOAD
