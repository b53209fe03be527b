"""Mounts of a service, in compose's short and long form. Short as in compose-go's `format.ParseVolume`."""

from typing import Literal

from configlint.compose.tree import Branch, Leaf, Node
from configlint.model.record import record
from configlint.model.text import Text
from configlint.model.tree import normal

Kind = Literal["bind", "volume", "anonymous", "tmpfs", "other"]


@record
class Mount:
    """What stands at `target` in the container. `path` is that of a bind mount's source from the root, if inside it.

    `makes` tells whether docker makes a directory where the source is absent.
    """

    kind: Kind
    target: Text
    source: Text | None = None
    path: str | None = None
    read_only: bool = False
    makes: bool = False


def mount(node: Node) -> Mount | None:
    """The mount that an entry of `volumes` stands for."""
    if isinstance(node, Leaf):
        return None if node.null or not node.text.raw else _from_short(node)
    return _from_long(node) if isinstance(node, Branch) else None


def _from_short(leaf: Leaf) -> Mount:
    parts = _parts(leaf.text)
    if len(parts) == 1:
        return Mount(kind="anonymous", target=parts[0])
    options = parts[2].raw.split(",") if len(parts) > 2 else []
    source, target, read_only = parts[0], parts[1], "ro" in options
    if not is_path(_from_here(source).raw):
        return Mount(kind="volume", target=target, source=source, read_only=read_only)
    path = located(leaf.scope.directory, source)
    return Mount(kind="bind", target=target, source=source, path=path, read_only=read_only, makes=True)


def _from_long(node: Branch) -> Mount | None:
    target, source, kind = node.text("target"), node.text("source") or node.text("src"), node.text("type")
    target = target or node.text("dst") or node.text("destination")
    if target is None:
        return None
    read_only = (node.text("read_only") or Text()).raw.lower() == "true"
    options = node.branch("bind")
    makes = options is None or (options.text("create_host_path") or Text()).raw.lower() != "false"
    match kind.raw if kind is not None else "volume":
        case "bind":
            path = located(node.scope.directory, source) if source is not None else None
            return Mount(kind="bind", target=target, source=source, path=path, read_only=read_only, makes=makes)
        case "tmpfs":
            return Mount(kind="tmpfs", target=target)
        case "volume":
            named: Kind = "anonymous" if source is None else "volume"
            return Mount(kind=named, target=target, source=source, read_only=read_only)
    return Mount(kind="other", target=target, source=source, read_only=read_only)


def _parts(text: Text) -> list[Text]:
    """Source, target and options. The colon behind the letter of a Windows drive does not count."""
    parts: list[Text] = []
    start, raw = 0, text.raw
    for at, sign in enumerate(raw):
        if sign == ":" and not (at - start == 1 and raw[start].isalpha() and raw[at + 1 : at + 2] in ("\\", "/")):
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]][:3]


def target_of(text: Text) -> Text:
    """Where a mount of the short form stands in the container."""
    parts = _parts(text)
    return parts[1] if len(parts) > 1 else parts[0]


def is_path(source: str) -> bool:
    """Whether a source is a path of the host, and not the name of a volume."""
    return source.startswith((".", "/", "~", "\\\\")) or _on_drive(source)


def _on_drive(path: str) -> bool:
    return path[1:2] == ":" and path[0].isalpha()


def located(directory: str, path: Text) -> str | None:
    """A path of a compose file as one from the root; None where it is unknown, absolute, remote, or leaves the root."""
    here = _from_here(path)
    if here.value is None or here.raw.startswith(("/", "~", "\\\\", "git@")) or _on_drive(here.raw):
        return None
    if "://" in here.raw:
        return None
    return normal(f"{directory}/{here.raw}" if directory else here.raw)


def _from_here(path: Text) -> Text:
    """The path with `$PWD` in front of it as the project's directory: compose is run there."""
    first = path.runs[0] if path.runs else None
    if first is not None and first.text is None and first.depends == "PWD":
        return Text.assumed(".") + path[1:]
    return path
