"""Command lines in files whose own grammar is not read."""

import pytest

from configlint.formats.shell.mentioned import claims, mentioned

WRITTEN = [
    pytest.param("flutter build apk --release", ["flutter", "build", "apk", "--release"], id="alone"),
    pytest.param("  - run: flutter build ipa && echo done", ["flutter", "build", "ipa"], id="a step of a pipeline"),
    pytest.param("app:\n\t@flutter build apk; ls", ["flutter", "build", "apk"], id="a recipe"),
    pytest.param(
        'sh("flutter build apk --dart-define=A=b")', ["flutter", "build", "apk", "--dart-define=A=b"], id="Ruby"
    ),
    pytest.param("fvm flutter build web", ["flutter", "build", "web"], id="behind a launcher"),
    pytest.param("flutter build \\\n  apk", ["flutter", "build", "apk"], id="a backslash"),
    pytest.param(
        "run: >-\n  flutter build\n  --release\nnext: a", ["flutter", "build", "--release"], id="a folded block"
    ),
    pytest.param(
        "flutter build --dart-define='A=b c'", ["flutter", "build", "--dart-define=A=b c"], id="quotes inside"
    ),
    pytest.param('flutter "build"', ["flutter", "build"], id="quotes around"),
    pytest.param('CMD ["flutter", "build", "web"]', ["flutter", "build", "web"], id="the list form"),
    pytest.param("flutter build # web", ["flutter", "build"], id="a comment behind it"),
]


@pytest.mark.parametrize(("content", "expected"), WRITTEN)
def test_the_words_of_a_command_line(content: str, expected: list[str]) -> None:
    (words,) = mentioned("a", content, "flutter")
    assert [word.raw for word in words] == expected
    for word in words:
        assert "".join(content[place.start : place.end] for place in word.places) == word.raw


@pytest.mark.parametrize(
    "content", ["# flutter build", "a: b # flutter build", "myflutter build", "flutter-action@v2", "subosito/flutter.x"]
)
def test_what_starts_nothing(content: str) -> None:
    assert list(mentioned("a", content, "flutter")) == []


@pytest.mark.parametrize(
    "path", [".github/workflows/a.yml", "Makefile", "app/fastlane/Fastfile", "run.sh", "Dockerfile"]
)
def test_files_that_say_how_something_is_started(path: str) -> None:
    assert claims(path)


@pytest.mark.parametrize("path", ["README.md", "config.yaml", ".github/dependabot.yml", "main.py"])
def test_files_that_do_not(path: str) -> None:
    assert not claims(path)
