"""One service of the merged tree as a typed value."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from configlint.compose.environment import declared
from configlint.compose.merge import normal as united
from configlint.compose.model import Attachment, Build, Dependency, EnvFile, Grant, Healthcheck, Service, Words
from configlint.compose.ports import published
from configlint.compose.tree import Branch, Items, Leaf, Node
from configlint.compose.volumes import Mount, located, mount
from configlint.formats.shell.shell import words
from configlint.model.text import Text
from configlint.model.tree import normal

T = TypeVar("T")


def service(name: Text, node: Branch, root: Branch) -> Service:
    """A service from its merged node; `root` holds the configs and secrets that it may be given."""
    part = _Part(node, name.raw)
    return Service(
        name=name,
        scope=node.scope,
        place=node.place,
        image=node.text("image"),
        build=_build(part.branch("build"), part.branch("build", "args")),
        command=command(node.get("command")),
        entrypoint=command(node.get("entrypoint")),
        declared=declared(part.branch("environment")),
        env_files=part.each("env_file", env_file),
        ports=part.each("ports", published),
        expose=part.each("expose", _text),
        volumes=(*part.each("volumes", mount), *_tmpfs(part)),
        networks=tuple(_networks(part.branch("networks"))),
        network_mode=node.text("network_mode"),
        hostname=node.text("hostname"),
        container_name=node.text("container_name"),
        links=(*part.each("links", _text), *part.each("external_links", _text)),
        extra_hosts=tuple(_extra_hosts(part.node("extra_hosts"))),
        profiles=part.each("profiles", _text),
        depends_on=tuple(_dependencies(part.branch("depends_on"))),
        healthcheck=_healthcheck(node.branch("healthcheck")),
        configs=tuple(_grants(part, root.branch("configs"), "configs", "/")),
        secrets=tuple(_grants(part, root.branch("secrets"), "secrets", "/run/secrets/")),
        working_dir=node.text("working_dir"),
        user=node.text("user"),
        restart=node.text("restart"),
        labels=_labels(part.branch("labels")),
    )


class _Part:
    """The attributes of a service, each in its one form."""

    def __init__(self, node: Branch, name: str) -> None:
        self._node = node
        self._name = name

    def node(self, *names: str) -> Node | None:
        found: Node | None = self._node
        for depth, name in enumerate(names, 1):
            found = found.get(name) if isinstance(found, Branch) else None
            if found is not None:
                found = united(found, ("services", self._name, *names[:depth]))
        return found

    def branch(self, *names: str) -> Branch | None:
        found = self.node(*names)
        return found if isinstance(found, Branch) else None

    def each(self, name: str, read: Callable[[Node], T | None]) -> tuple[T, ...]:
        found = self.node(name)
        items = found.items if isinstance(found, Items) else ()
        return tuple(value for item in items if (value := read(item)) is not None)


def _labels(node: Branch | None) -> dict[str, Text]:
    entries = node.entries.items() if node is not None else ()
    return {name: text for name, entry in entries if (text := _text(entry.node)) is not None}


def _text(node: Node) -> Text | None:
    return node.text if isinstance(node, Leaf) and not node.null else None


def command(node: Node | None) -> Words | None:
    """The words of `command` or `entrypoint`: a string is split as a shell would, and not run by one."""
    if isinstance(node, Leaf):
        return None if node.null else Words(words=tuple(word.text for word in words(node.text)), node=node)
    if isinstance(node, Items):
        return Words(words=tuple(text for item in node.items if (text := _text(item)) is not None), node=node)
    return None


def _build(node: Branch | None, args: Branch | None) -> Build | None:
    if node is None:
        return None
    written = node.text("context")
    context = Text.assumed(".") if written is None else written
    directory = located(_leaf_scope(node, "context"), context)
    dockerfile = node.text("dockerfile")
    name = dockerfile.value if dockerfile is not None else "Dockerfile"
    inside = f"{directory}/{name}" if directory else name
    path = normal(inside) if directory is not None and inside and name and not name.startswith("/") else None
    values = {name: one.value for name, one in declared(args).items() if one.value is not None}
    return Build(
        context=context,
        directory=directory,
        dockerfile=dockerfile,
        path=path,
        target=node.text("target"),
        args=values,
        inline=node.text("dockerfile_inline"),
        place=node.place,
    )


def _leaf_scope(node: Branch, name: str) -> str:
    """The directory from which the path under a name starts: that of the file in which it is written."""
    leaf = node.leaf(name)
    return node.scope.directory if leaf is None else leaf.scope.directory


def env_file(node: Node) -> EnvFile | None:
    """One entry of `env_file`: a path, or `path` with `required` and `format`."""
    if isinstance(node, Leaf):
        return None if node.null else EnvFile(path=node.text, target=located(node.scope.directory, node.text))
    path = node.text("path") if isinstance(node, Branch) else None
    if not isinstance(node, Branch) or path is None:
        return None
    required, form = node.text("required"), node.text("format")
    return EnvFile(
        path=path,
        target=located(node.scope.directory, path),
        required=required is None or required.raw.lower() != "false",
        raw=form is not None and form.raw == "raw",
    )


def _tmpfs(part: _Part) -> Iterator[Mount]:
    for text in part.each("tmpfs", _text):
        yield Mount(kind="tmpfs", target=text.split(":")[0])


def _dependencies(node: Branch | None) -> Iterator[Dependency]:
    for entry in node.entries.values() if node is not None else ():
        options = entry.node if isinstance(entry.node, Branch) else None
        condition = options.text("condition") if options is not None else None
        required = options.text("required") if options is not None else None
        yield Dependency(
            name=entry.name,
            condition="service_started" if condition is None else condition.raw,
            required=required is None or required.raw.lower() != "false",
        )


def _networks(node: Branch | None) -> Iterator[Attachment]:
    for name, entry in node.entries.items() if node is not None else ():
        aliases = entry.node.get("aliases") if isinstance(entry.node, Branch) else None
        items = aliases.items if isinstance(aliases, Items) else ()
        yield Attachment(network=name, aliases=tuple(text for item in items if (text := _text(item)) is not None))


def _extra_hosts(node: Node | None) -> Iterator[Text]:
    """The names that are given an address of their own."""
    if isinstance(node, Branch):
        yield from (entry.name for entry in node.entries.values())
    for item in node.items if isinstance(node, Items) else ():
        text = _text(item)
        if text is not None:
            ends = [at for sign in "=:" if (at := text.raw.find(sign)) >= 0]
            yield text[: min(ends)] if ends else text


def _healthcheck(node: Branch | None) -> Healthcheck | None:
    if node is None:
        return None
    written = node.get("test")
    disabled = (node.text("disable") or Text()).raw.lower() == "true"
    test: Words | None = None
    if isinstance(written, Leaf) and not written.null:
        test = Words(words=(), node=written, script=written.text)
    elif isinstance(written, Items):
        parts = [text for item in written.items if (text := _text(item)) is not None]
        kind = parts[0].raw if parts else "NONE"
        disabled = disabled or kind == "NONE"
        if kind == "CMD-SHELL" and len(parts) > 1:
            test = Words(words=(), node=written, script=parts[1])
        elif kind == "CMD":
            test = Words(words=tuple(parts[1:]), node=written)
    at = test.at if test is not None else Text.exactly("", node.place) if not node.entries else _first(node)
    return Healthcheck(test=test, disabled=disabled, at=at)


def _first(node: Branch) -> Text:
    return next(iter(node.entries.values())).name


def _grants(part: _Part, declared_at_top: Branch | None, kind: str, directory: str) -> Iterator[Grant]:
    found = part.node(kind)
    for item in found.items if isinstance(found, Items) else ():
        source = _text(item) if isinstance(item, Leaf) else item.text("source") if isinstance(item, Branch) else None
        if source is None:
            continue
        target = item.text("target") if isinstance(item, Branch) else None
        if target is None or not target.raw.startswith("/"):
            target = Text.assumed(directory + (source if target is None else target).raw)
        top = declared_at_top.branch(source.raw) if declared_at_top is not None else None
        file = top.text("file") if top is not None else None
        path = located(_leaf_scope(top, "file"), file) if top is not None and file is not None else None
        content = top.text("content") if top is not None else None
        yield Grant(source=source, target=target, path=path, file=file, content=content)
