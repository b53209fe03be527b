"""When an app needs the permission to use the network, and who else may ask for it."""

import pytest
from trees import built_in, found, run

PUBSPEC = "name: app\ndependencies: {flutter: {sdk: flutter}, http: any}\n"
CALL = "import 'package:http/http.dart' as http;\nmenu() => http.get(Uri.parse('https://api.acme.dev/menu'));\n"
PLAIN = '<manifest xmlns:android="http://schemas.android.com/apk/res/android"/>\n'
ASKING = (
    '<manifest xmlns:android="http://schemas.android.com/apk/res/android">'
    '<uses-permission android:name="android.permission.INTERNET"/></manifest>\n'
)
MAIN = "android/app/src/main/AndroidManifest.xml"


def checked(**more: str) -> list[tuple[str, str, str]]:
    files = {"pubspec.yaml": PUBSPEC, "lib/api.dart": CALL, MAIN: PLAIN, **more}
    return found(run(files, *built_in("mobile-permission", "unreadable-file")))


def test_the_permission_is_missing_in_release_builds() -> None:
    assert checked() == [("mobile-permission", "error", f"{MAIN}:1")]
    assert checked(**{"android/app/src/debug/AndroidManifest.xml": ASKING}) == checked()


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({MAIN: ASKING}, id="asked for"),
        pytest.param({"android/app/src/prod/AndroidManifest.xml": ASKING}, id="by a flavour"),
        pytest.param({"lib/api.dart": "const url = 'https://api.acme.dev';\n"}, id="nobody is called"),
        pytest.param({"lib/api.dart": "f() { if (kDebugMode) http.get(Uri.parse('http://a.org/b')); }"}, id="debug"),
        pytest.param({"lib/api.dart": "f() { if (kIsWeb) http.get(Uri.parse('http://a.org/b')); }"}, id="the web"),
    ],
)
def test_nothing_is_missing(more: dict[str, str]) -> None:
    assert checked(**more) == []


def test_a_plugin_may_ask_for_it() -> None:
    assert checked(**{"pubspec.yaml": PUBSPEC.replace("http: any", "http: any, firebase_auth: any")}) == [
        ("mobile-permission", "unverifiable", f"{MAIN}:1")
    ]
    core = PUBSPEC.replace("http: any", "http: any, firebase_core: any")
    assert checked(**{"pubspec.yaml": core}) == [("mobile-permission", "error", f"{MAIN}:1")]


def test_a_manifest_that_cannot_be_read() -> None:
    assert checked(**{MAIN: "<manifest>"}) == [("unreadable-file", "error", f"{MAIN}:1")]
