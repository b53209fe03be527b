"""What a Flutter package bundles with its app, and whether the env files that its code loads are among it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from configlint.formats.dotenv import document as dotenv
from configlint.formats.yaml.nodes import Mapping, Scalar
from configlint.formats.yaml.nodes import Sequence as Items
from configlint.model.cell import NULL, cell
from configlint.model.record import record
from configlint.model.tables import EVERY_STACK, PathUse
from configlint.model.tables.words import Exists
from configlint.model.text import Text
from configlint.model.tree import normal
from configlint.workspace.workspace import Workspace, basename, directory

if TYPE_CHECKING:
    from configlint.code.dart.env_files import EnvLoad


@record
class Bundle:
    """`entries` are what `flutter.assets` of a pubspec lists: files, and directories that end with a slash."""

    directory: str
    entries: tuple[Text, ...]

    @property
    def pubspec(self) -> str:
        return self.at("pubspec.yaml")

    def at(self, path: str) -> str:
        """A path of the package from the root; empty where it leads out of the repository."""
        return normal(f"{self.directory}/{path}" if self.directory else path) or ""

    def entry(self, path: str) -> Text | None:
        """The entry that brings a file, whose path is from the root. A directory brings what lies directly in it."""
        for text in self.entries:
            named = self.at(text.raw)
            if named == (directory(path) if text.raw.endswith("/") else path):
                return text
        return None


def bundle(where: str, root: Mapping) -> Bundle:
    """The bundle of the package in a directory, whose pubspec is `root`."""
    flutter = root.get("flutter")
    listed = flutter.get("assets") if isinstance(flutter, Mapping) else None
    items = listed.items if isinstance(listed, Items) else ()
    named = [item.get("path") if isinstance(item, Mapping) else item for item in items]
    return Bundle(directory=where, entries=tuple(item.text for item in named if isinstance(item, Scalar)))


def env_files(workspace: Workspace, one: Bundle, loads: "Sequence[EnvLoad]") -> list[str]:
    """The env files from which the app takes its variables: what it loads and bundles; without a load, any it bundles.

    The first one that holds a variable decides.
    """
    loaded = [one.at(load.file.raw) for load in sorted(loads, key=lambda load: load.reach != "always")]
    if loaded:
        return [path for path in dict.fromkeys(loaded) if one.entry(path) is not None]
    named = [one.at(text.raw) for text in one.entries if not text.raw.endswith("/")]
    places = [one.at(text.raw) for text in one.entries if text.raw.endswith("/")]
    named += sorted(path for place in places for path in workspace.env_files.get(place, ()))
    return [path for path in dict.fromkeys(named) if dotenv.claims(path)]


def template_of(workspace: Workspace, path: str) -> str | None:
    """The template that lies beside an env file, if one does."""
    return next((one for one in workspace.env_files.get(directory(path), ()) if dotenv.template_name(one)), None)


def rows(workspace: Workspace, one: Bundle, loads: "Sequence[EnvLoad]") -> Iterator[PathUse]:
    """Each env file that the app loads, and what is wrong with it."""
    for load in loads:
        yield _row(workspace, one, load)


def _row(workspace: Workspace, one: Bundle, load: "EnvLoad") -> PathUse:
    path = one.at(load.file.raw)
    state = workspace.store.state(path) if path else "outside"
    entry = one.entry(path)
    if entry is None:
        return _unlisted(workspace, one, load, state)
    if state == "file":
        return _use(load, load.file, "yes", entry)
    if state == "ignored" or template_of(workspace, path) is not None:
        return _use(load, load.file, "ignored", entry)
    return _use(load, entry, "no", load.file, f"{one.pubspec} bundles {load.file}, which is not there")


def _unlisted(workspace: Workspace, one: Bundle, load: "EnvLoad", state: str) -> PathUse:
    """A file that is not bundled. An entry for a file of that name elsewhere is wrong, if nothing stands there."""
    name = basename(load.file.raw)
    alike = next((text for text in one.entries if basename(text.raw) == name), None)
    if alike is None:
        fault = f"the app loads {load.file}, which {one.pubspec} does not list among its assets"
        return _use(load, load.file, "no", fault=fault)
    fault = f"the app loads {load.file}, but {one.pubspec} bundles {alike}"
    if state == "file" and workspace.store.state(one.at(alike.raw)) != "file":
        return _use(load, alike, "no", load.file, fault)
    return _use(load, load.file, "no", alike, fault)


def _use(load: "EnvLoad", wrong: Text, exists: Exists, other: Text | None = None, fault: str = "") -> PathUse:
    reach = "optional" if load.optional and load.reach == "always" else load.reach
    return PathUse(
        stack=EVERY_STACK, at=wrong, reach=reach, what="dotenv", value=cell(wrong), exists=exists, required=False,
        other=cell(other) if other is not None else NULL, fault=fault,
    )  # fmt: skip
