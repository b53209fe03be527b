"""What the builds that a repository describes define for its apps."""

import pytest
from trees import built_in, found, run

PUBSPEC = "name: app\ndependencies: {flutter: {sdk: flutter}}\n"
CODE = "const api = String.fromEnvironment('API_URL', defaultValue: '%s');\n"
GOOD, BAD = "https://api.acme.dev", "http://localhost:8000"
RULES = built_in("mobile-localhost", "mobile-secret")


def checked(build: str, default: str = GOOD, **more: str) -> list[tuple[str, str, str]]:
    files = {"pubspec.yaml": PUBSPEC, "lib/api.dart": CODE % default, "Makefile": f"app:\n\t{build}\n", **more}
    return found(run(files, *RULES))


DEFINED = [
    pytest.param("flutter build apk --dart-define=API_URL=" + BAD, "error", id="an app for phones"),
    pytest.param("flutter build ipa --dart-define API_URL=" + BAD, "error", id="in two words"),
    pytest.param("flutter build apk --debug --dart-define=API_URL=" + BAD, "info", id="a debug build"),
    pytest.param("flutter build web --dart-define=API_URL=" + BAD, "", id="the web"),
    pytest.param("flutter test --dart-define=API_URL=" + BAD, "", id="a test"),
    pytest.param("flutter run --dart-define=API_URL=" + BAD, "", id="a developer's machine"),
    pytest.param("flutter build apk --dart-define=OTHER_URL=" + BAD, "", id="a name that nobody reads"),
    pytest.param("flutter build apk --dart-define=API_URL=$API_URL", "", id="what the pipeline fills in"),
]


@pytest.mark.parametrize(("build", "severity"), DEFINED)
def test_a_definition_counts_as_the_build_that_makes_it(build: str, severity: str) -> None:
    assert checked(build) == ([("mobile-localhost", severity, "Makefile:2")] if severity else [])


DEFAULTS = [
    pytest.param(f"flutter build apk --dart-define=API_URL={GOOD}", "warning", id="every build defines it"),
    pytest.param(f"flutter build web --dart-define=API_URL={GOOD}", "error", id="only a build for the web does"),
    pytest.param("flutter build apk", "error", id="none does"),
]


@pytest.mark.parametrize(("build", "severity"), DEFAULTS)
def test_a_default_that_every_build_replaces_is_latent(build: str, severity: str) -> None:
    assert checked(build, BAD) == [("mobile-localhost", severity, "lib/api.dart:1")]


@pytest.mark.parametrize(
    ("file", "content", "line"),
    [("env/prod.json", f'{{\n  "API_URL": "{BAD}"\n}}\n', 2), ("env/prod.env", f"API_URL={BAD}\n", 1)],
)
def test_a_file_of_definitions(file: str, content: str, line: int) -> None:
    build = f"flutter build apk --dart-define-from-file={file}"
    assert checked(build, **{file: content}) == [("mobile-localhost", "error", f"{file}:{line}")]


def test_a_default_behind_a_file_of_definitions_that_is_not_here_is_unverifiable() -> None:
    build = "flutter build apk --dart-define-from-file=env/prod.json"
    assert checked(build, BAD) == [("mobile-localhost", "unverifiable", "lib/api.dart:1")]


def test_a_secret_that_a_build_defines_is_shipped() -> None:
    build = "flutter build apk --dart-define=API_SECRET=c2FtcGxlLW9ubHktbm90LXJlYWw"
    assert checked(build) == [("mobile-secret", "error", "Makefile:2")]


def test_a_build_that_names_its_file_does_not_start_lib_main() -> None:
    config = f"class C {{ const C(this.apiUrl); final String apiUrl; static const dev = C('{BAD}'); }}\n"
    main = "import 'config.dart';\nvoid main() => start(C.dev);\n"
    files = {"lib/config.dart": config, "lib/main.dart": main, "lib/main_prod.dart": "void main() => start(x);\n"}
    assert checked("flutter build apk -t lib/main_prod.dart", **files) == [
        ("mobile-localhost", "info", "lib/config.dart:1")
    ]
    assert checked("flutter build apk", **files) == [("mobile-localhost", "error", "lib/config.dart:1")]
