"""The builds of an app that its repository describes: in pipelines, scripts and Makefiles."""

from collections.abc import Iterator, Sequence

from configlint.code.dart.builds import DEFAULT_TARGET, Build, worlds_of
from configlint.formats.dotenv import document as dotenv
from configlint.formats.secrecy import mark
from configlint.formats.shell.mentioned import claims, mentioned
from configlint.formats.yaml.nodes import Mapping, Scalar
from configlint.model.reason import Reason
from configlint.model.text import Text
from configlint.model.tree import normal
from configlint.programs.options import values
from configlint.resolve.flutter.apps import App
from configlint.workspace.workspace import Workspace, directory


def builds(workspace: Workspace, apps: Sequence[App]) -> dict[str, list[Build]]:
    """Every `flutter build`, by the directory of each app of which it may be one."""
    found: dict[str, list[Build]] = {app.directory: [] for app in apps}
    for path in workspace.files:
        content = workspace.store.text(path) or "" if claims(path) else ""
        commands = [words for words in mentioned(path, content, "flutter") if _builds(words)]
        for app in _meant(path, content, apps) if commands else ():
            every = (_build(workspace, app, path, words) for words in commands)
            found[app.directory] += [build for build in every if build is not None]
    return found


def _meant(path: str, content: str, apps: Sequence[App]) -> Sequence[App]:
    """The apps for which the commands of a file are: that beside which it lies, those that it names, or any."""
    inside = [app for app in apps if app.directory and path.startswith(f"{app.directory}/")]
    return inside or [app for app in apps if app.directory and app.directory in content] or apps


def _build(workspace: Workspace, app: App, path: str, words: Sequence[Text]) -> Build | None:
    arguments = words[2:]
    kind = next((word.raw for word in arguments if not word.raw.startswith("-")), "")
    raw = {word.raw for word in arguments}
    worlds = worlds_of(kind, debug=bool(raw & {"--debug", "--profile"}))
    if worlds is None:
        return None
    workspace.store.script(path)  # what it defines may be quoted
    defined = {name.raw: value for name, value in map(_pair, values(arguments, "--dart-define")) if value is not None}
    missing: Reason | None = None
    for file in values(arguments, "--dart-define-from-file"):
        found = _file(workspace, app, path, file.raw)
        defined = {**(found or {}), **defined}
        missing = missing or (Reason("missing-file", file.raw) if found is None else None)
    target = [word.raw for word in values(arguments, "--target", "-t")]
    return Build(worlds=worlds, target=target[-1] if target else DEFAULT_TARGET, defined=defined, missing=missing)


def _builds(words: Sequence[Text]) -> bool:
    return len(words) > 1 and words[1].raw == "build"


def _pair(text: Text) -> tuple[Text, Text | None]:
    """`NAME=value`. What the shell or the pipeline fills in is known when it runs."""
    at = text.raw.find("=")
    if at < 0:
        return text, None
    value = mark(text[at + 1 :], text.raw[:at])
    if "$" in value.raw or "{{" in value.raw or "<" in value.raw:
        value = Text.unknown(Reason("runtime", text.raw[:at]), value.place)
    return text[:at], value


def _file(workspace: Workspace, app: App, path: str, named: str) -> dict[str, Text] | None:
    """The definitions of a JSON or dotenv file; None where it is not here. It is looked for where the build may run."""
    for base in dict.fromkeys((app.directory, directory(path), "")):
        found = normal(f"{base}/{named}" if base else named)
        if found and workspace.store.state(found) == "file":
            return dict(_definitions(workspace, found))
    return None


def _definitions(workspace: Workspace, path: str) -> Iterator[tuple[str, Text]]:
    if dotenv.claims(path) or path.endswith(".env"):
        document = workspace.store.dotenv(path)
        for binding in document.bindings if document is not None else ():
            if binding.value is not None:
                yield binding.name.raw, binding.value
        return
    read = workspace.store.yaml(path) if path.endswith(".json") else None
    if read is not None and isinstance(read.root, Mapping):
        for key, node in read.root.items():
            if isinstance(node, Scalar):
                yield key, node.text
