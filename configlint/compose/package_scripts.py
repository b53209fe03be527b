"""Scripts of package.json, which `npm run NAME` and its kin hand to a shell.

npm-run-script, npm-start (npm 11: only words behind `--` reach the script), pnpm-run (10) and yarn-run (1.22 and 4): a
word that is no command of theirs is the name of a script, and every word behind it reaches the script. Bun is the same.
"""

from collections.abc import Callable, Sequence

from configlint.formats.shell.launchers import program_name
from configlint.formats.shell.script import Invocation
from configlint.formats.yaml.nodes import Mapping, Scalar
from configlint.model.record import record
from configlint.model.text import Text, joined
from configlint.workspace.documents import DocumentStore

_MANAGERS = ("npm", "pnpm", "yarn", "bun")
_RUN = ("run", "run-script", "rum", "urn")
_SHORT = ("start", "stop", "restart", "test")
"""Scripts whose name alone is a command of npm."""
_DIRECTORY = ("--prefix", "-C", "--dir", "--cwd")


@record
class PackageScript:
    """The line of a script with the words that are given to it, and the directory in which it runs."""

    script: Text
    directory: str


@record
class _Request:
    name: str
    given: Sequence[Text] = ()
    directory: str = ""


def package_script(one: Invocation, locate: Callable[[str], str | None], store: DocumentStore) -> PackageScript | None:
    """The script that a package manager runs; None where the program is none, or runs no script that is here.

    `locate` tells the file of the repository at a path.
    """
    manager = program_name(one.program.raw)
    asked = _request(manager, one.args) if manager in _MANAGERS else None
    if asked is None:
        return None
    path = locate(f"{asked.directory}/package.json" if asked.directory else "package.json")
    document = store.yaml(path) if path is not None else None
    root = document.root if document is not None else None
    scripts = root.get("scripts") if isinstance(root, Mapping) else None
    script = scripts.get(asked.name) if isinstance(scripts, Mapping) else None
    if not isinstance(script, Scalar):
        return None
    more = (part for word in asked.given for part in (Text.assumed(" "), word))
    return PackageScript(script=joined([script.text, *more]), directory=asked.directory)


def _request(manager: str, words: Sequence[Text]) -> _Request | None:
    """Which script a command line asks for, and with which further words."""
    directory, at = "", 0
    names: list[str] = []
    while at < len(words) and words[at].raw != "--":
        raw = words[at].raw
        flag, sign, value = raw.partition("=")
        at += 1
        if flag in _DIRECTORY:
            directory = value if sign else words[at].raw if at < len(words) else ""
            at += not sign
        elif not raw.startswith("-"):
            names.append(raw)
            if len(names) == 2 or raw not in _RUN:
                break
    name = names[-1] if names and names[-1] not in _RUN else ""
    if not name or (manager == "npm" and len(names) == 1 and name not in _SHORT):
        return None
    rest = words[at:]
    dashes = next((number for number, word in enumerate(rest) if word.raw == "--"), None)
    given = rest[dashes + 1 :] if dashes is not None else rest if manager != "npm" else ()
    return _Request(name=name, given=given, directory=directory.rstrip("/"))
