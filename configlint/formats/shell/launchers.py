"""Programs that only start another one: what of a command line is theirs, and where the other one begins."""

from collections.abc import Sequence
from typing import NamedTuple

from configlint.model.regex import regex
from configlint.model.text import Text


class _Launcher(NamedTuple):
    """Options that take a value of their own, words that stand before the program, a word that must come first.

    With `dashes`, the program stands behind `--` only.
    """

    values: frozenset[str] = frozenset()
    words: int = 0
    verb: str = ""
    dashes: bool = False


def _launcher(values: str = "", words: int = 0, verb: str = "", *, dashes: bool = False) -> _Launcher:
    return _Launcher(frozenset(values.split()), words, verb, dashes)


_PLAIN = _launcher()
_LAUNCHERS = {
    "exec": _launcher("-a"),
    "nohup": _PLAIN,
    "time": _launcher("-f -o"),
    "command": _PLAIN,
    "setsid": _PLAIN,
    "tini": _launcher("-p -e"),
    "catatonit": _PLAIN,
    "dumb-init": _launcher("-r --rewrite"),
    "gosu": _launcher(words=1),
    "su-exec": _launcher(words=1),
    "setuidgid": _launcher(words=1),
    "s6-setuidgid": _launcher(words=1),
    "with-contenv": _PLAIN,
    "sudo": _launcher("-u -g -h -p -C"),
    "nice": _launcher("-n"),
    "ionice": _launcher("-c -n"),
    "timeout": _launcher("-s -k --signal --kill-after", words=1),
    "stdbuf": _launcher("-i -o -e"),
    "xvfb-run": _launcher("-n -s -e -f -p -w --server-args"),
    "wait-for-it": _launcher(dashes=True),
    "wait-for": _launcher(dashes=True),
    "wait_for_it": _launcher(dashes=True),
    "wait4ports": _launcher(dashes=True),
    "watchmedo": _launcher(dashes=True),
    "dockerize": _launcher("-wait -timeout -template -stdout -stderr -wait-retry-interval"),
    "newrelic-admin": _launcher(verb="run-program"),
    "ddtrace-run": _PLAIN,
    "poetry": _launcher("-C -P --directory --project", verb="run"),
    "uv": _launcher(
        "--project --directory --env-file --with --python -p --package --extra --group --index --cache-dir", verb="run"
    ),
    "pipenv": _launcher(verb="run"),
    "pdm": _launcher("-p --project", verb="run"),
    "rye": _launcher(verb="run"),
    "hatch": _launcher(verb="run"),
    "npx": _launcher("-p --package -w --workspace"),
    "bunx": _launcher("-p --package"),
    "pnpx": _launcher("--package"),
    "conda": _launcher("-n -p --name --prefix --cwd", verb="run"),
    "mamba": _launcher("-n -p --name --prefix", verb="run"),
    "micromamba": _launcher("-n -p --name --prefix --cwd", verb="run"),
}
SHELLS = frozenset({"sh", "bash", "ash", "dash", "zsh", "ksh"})
_PYTHON = regex(r"(?:python|pypy)[0-9.]*")
_PYTHON_VALUES = frozenset({"-W", "-X", "--check-hash-based-pycs"})
_DEEPEST = 20
_ASSIGNMENT = regex(r"[A-Za-z_][A-Za-z0-9_]*=")


def program_name(path: str) -> str:
    """The name of a program without its directory and the ending of a script."""
    return path.rpartition("/")[2].removesuffix(".sh").removesuffix(".exe")


class Launched(NamedTuple):
    """The words of the program that is started at last, and the assignments that `env` made on the way."""

    words: Sequence[Text]
    assignments: tuple[Text, ...] = ()


class ShellLine(NamedTuple):
    """`sh -c SCRIPT ARGUMENT…`, of which the first argument is `$0`."""

    script: Text
    arguments: Sequence[Text]


def launched(words: Sequence[Text]) -> Launched | ShellLine:
    """What a command line starts once every program that only starts another one has done so."""
    assignments: tuple[Text, ...] = ()
    for _ in range(_DEEPEST):
        if not words:
            break
        name = program_name(words[0].raw)
        if name in SHELLS:
            return _shell(words, assignments)
        if name == "env":
            words, made = _env(words)
            assignments += made
            continue
        inner = _module(words) if _PYTHON.fullmatch(name) else _inner(name, words)
        if inner is None:
            break
        words = inner
    return Launched(words, assignments)


def _inner(name: str, words: Sequence[Text]) -> Sequence[Text] | None:
    if name == "opentelemetry-instrument":
        return words[_behind_pairs(words) :]
    if name in ("debugpy", "coverage"):
        return _module(words[name == "coverage" :])
    launcher = _LAUNCHERS.get(name)
    if launcher is None:
        return None
    if launcher.dashes:
        at = next((number for number, word in enumerate(words) if word.raw == "--"), None)
        return None if at is None else words[at + 1 :]
    at = _behind_options(words, 1, launcher.values)
    if launcher.verb:
        if at >= len(words) or words[at].raw != launcher.verb:
            return None
        at = _behind_options(words, at + 1, launcher.values)
    return words[at + launcher.words :]


def _behind_options(words: Sequence[Text], at: int, values: frozenset[str]) -> int:
    while at < len(words) and words[at].raw.startswith("-"):
        if words[at].raw == "--":
            return at + 1
        at += 2 if words[at].raw in values else 1
    return at


def _behind_pairs(words: Sequence[Text]) -> int:
    at = 1
    while at < len(words) and words[at].raw.startswith("-"):
        at += 1 if "=" in words[at].raw else 2
    return at


def _module(words: Sequence[Text]) -> Sequence[Text] | None:
    """`python -m MODULE ARGUMENT…`; a script, or `-c`, is not followed."""
    at = 1
    while at < len(words) and words[at].raw.startswith("-"):
        raw = words[at].raw
        if raw == "-m":
            return words[at + 1 :] or None
        if raw == "-c":
            return None
        at += 2 if raw in _PYTHON_VALUES or raw.startswith("--listen") else 1
    return None


def _env(words: Sequence[Text]) -> Launched:
    at = _behind_options(words, 1, frozenset({"-u", "-C", "--unset", "--chdir"}))
    start = at
    while at < len(words) and _ASSIGNMENT.match(words[at].raw):
        at += 1
    return Launched(words[at:], tuple(words[start:at]))


def _shell(words: Sequence[Text], assignments: tuple[Text, ...]) -> Launched | ShellLine:
    at = 1
    while at < len(words) and words[at].raw.startswith(("-", "+")):
        raw = words[at].raw
        at += 1
        if raw == "--":
            break
        if not raw.startswith("--") and "c" in raw[1:]:
            at += "o" in raw[1:]
            return ShellLine(words[at], words[at + 1 :]) if at < len(words) else Launched((), assignments)
        if not raw.startswith("--") and "o" in raw[1:]:
            at += 1
    return Launched(words[at:], assignments)
