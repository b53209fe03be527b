"""Command lines wherever they are written: in a script, a Makefile, a pipeline, a Procfile or a Dockerfile.

What surrounds them has a grammar of its own that is not read: a command begins with the name of its program, and ends
with its line. A line goes on behind a backslash, and where the next one begins with an option, as in a folded block of
YAML. The list form of a Dockerfile is taken too.
"""

import re
from collections.abc import Iterator

from configlint.model.regex import regex
from configlint.model.text import Place, Text

_NAMES = frozenset(
    {"makefile", "gnumakefile", "justfile", "procfile", "fastfile", "jenkinsfile", "dockerfile", "codemagic.yaml",
     "bitrise.yml", ".gitlab-ci.yml", "azure-pipelines.yml", "taskfile.yml", "taskfile.yaml", "melos.yaml",
     ".drone.yml", "cloudbuild.yaml"}
)  # fmt: skip
_ENDINGS = (".sh", ".bash", ".mk", ".dockerfile")
_PIPELINES = (".github/workflows/", ".gitlab/", ".circleci/")
_WORD = regex(r"""(?:[^\s"'`;|&()<>\\]++|\\[^\n]|"[^"\n]*+"|'[^'\n]*+')++""")
_BLANK = regex(r"(?:[ \t]++|\\\r?\n[ \t]*+|\r?\n[ \t]*+(?=--?[A-Za-z]))++")
_ITEM = regex(r"""\s*+,\s*+"([^"\n]*+)\"""")
_MOST_WORDS = 200


def claims(path: str) -> bool:
    """Whether people write in such a file how a program is built or started."""
    name = path.rpartition("/")[2].lower()
    if name in _NAMES or name.endswith(_ENDINGS) or name.startswith(("dockerfile.", "procfile.")):
        return True
    return path.startswith(_PIPELINES) and name.endswith((".yml", ".yaml"))


def mentioned(path: str, content: str, program: str) -> Iterator[tuple[Text, ...]]:
    """The words of each command line that starts a program, its name first. Quotes around a word are no part of it."""
    if program not in content:
        return
    for found in re.finditer(rf"(?<![\w./-])(?:[\w./-]*/)?{re.escape(program)}(?![\w./-])", content):
        line = content[content.rfind("\n", 0, found.start()) + 1 : found.start()]
        if not line.lstrip().startswith(("#", "//")) and " #" not in line:
            yield (_text(path, content, *found.span()), *_words(path, content, found.end()))


def _words(path: str, content: str, at: int) -> Iterator[Text]:
    if content[at : at + 1] == '"' and _ITEM.match(content, at + 1):
        at += 1
        while found := _ITEM.match(content, at):
            yield _text(path, content, *found.span(1))
            at = found.end()
        return
    for _ in range(_MOST_WORDS):
        blank = _BLANK.match(content, at)
        word = _WORD.match(content, blank.end()) if blank is not None else None
        if word is None or word[0].startswith("#"):
            return
        yield _text(path, content, *word.span())
        at = word.end()


def _text(path: str, content: str, start: int, end: int) -> Text:
    """The characters of a word without the quotes around it, or around its value: `--define="a b"`."""
    whole = Text.exactly(content[start:end], Place(path, start, end))
    for quote in "\"'":
        raw = whole.raw
        first = raw.find(quote)
        if first >= 0 and raw.endswith(quote) and raw.count(quote) == 2 and (first == 0 or raw[first - 1] == "="):
            return Text([*whole[:first].runs, *whole[first + 1 : -1].runs]) if first else whole[1:-1]
    return whole
