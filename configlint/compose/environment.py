"""The environment of a container: `environment` over `env_file` over the image's ENV.

As in the compose specification ("environment", "env_file") and Docker's documentation of the precedence of variables.
"""

from collections.abc import Iterator, Mapping

from configlint.compose.model import EnvFile, Environment, EnvValue, Service
from configlint.compose.tree import Branch, Entry, Leaf
from configlint.compose.variables import given_by, supplied
from configlint.formats.compose_template import Lookup
from configlint.formats.dockerfile.image import Image
from configlint.model.reason import Reason
from configlint.model.text import Text
from configlint.workspace.documents import DocumentStore


def declared(node: Branch | None) -> dict[str, EnvValue]:
    """What `environment` (or `build.args`) says, with what higher layers of the project have replaced."""
    entries = node.entries if node is not None else {}
    return {name: one for name, entry in entries.items() if (one := _declared(entry)) is not None}


def _declared(entry: Entry) -> EnvValue | None:
    leaf = entry.node
    if not isinstance(leaf, Leaf):
        return None
    layers = [leaf, *(one for one in leaf.beneath if isinstance(one, Leaf))]
    return _stacked([EnvValue(name=entry.name, value=_value(one, entry.name), source="environment") for one in layers])


def _value(leaf: Leaf, name: Text) -> Text | None:
    """The value written, or, where only the name stands, the project's."""
    if not leaf.null:
        return leaf.text
    variables = leaf.scope.variables
    found = variables.lookup(name.raw)
    if found is not None:
        return found if name.place is None else found.through(name.place)
    if supplied(name.raw) or variables.missing:
        return Text.unknown(Reason("host-environment", str(name)), name.place)
    return None


def _stacked(layers: list[EnvValue]) -> EnvValue:
    """The first value, over all others."""
    first, *others = layers
    return EnvValue(name=first.name, value=first.value, source=first.source, overridden=tuple(others))


def environment(service: Service | None, store: DocumentStore, image: Image | None) -> Environment:
    """What the processes of a container find set; `image` is that which is built for it here."""
    missing: list[EnvFile] = []
    declared_ = service.declared.items() if service is not None else ()
    layers: dict[str, list[EnvValue]] = {name: [_stacked([one]), *one.overridden] for name, one in declared_}
    files = _from_files(service, store, missing) if service is not None else []
    for value in (*files, *_from_image(image)):
        layers.setdefault(value.name.raw, []).append(value)
    return Environment({name: _stacked(found) for name, found in layers.items()}, tuple(missing))


def _from_files(service: Service, store: DocumentStore, missing: list[EnvFile]) -> list[EnvValue]:
    """Values of the environment files, the last file's first, and of one file the last line first."""
    found: list[EnvValue] = []
    known: dict[str, Text] = {}
    for file in service.env_files:
        document = store.dotenv(file.target) if file.target is not None else None
        if document is None:
            if file.required or file.target is None or store.state(file.target) != "missing":
                missing.append(file)
            continue
        unset = service.scope.variables.unset
        for given in given_by(document, _lookup(service, known), unset, raw=file.raw):
            found.append(EnvValue(name=given.name, value=given.value, source="env_file"))
            if given.value is not None:
                known[given.name.raw] = given.value
    return found[::-1]


def _lookup(service: Service, above: Mapping[str, Text]) -> Lookup:
    """What a reference in an environment file finds: the project's variables, the service's, those of files above."""

    def find(name: str) -> Text | None:
        found = service.scope.variables.lookup(name)
        if found is None and name in service.declared:
            found = service.declared[name].value
        return above.get(name) if found is None else found

    return find


def _from_image(image: Image | None) -> Iterator[EnvValue]:
    for variable in reversed(image.environment if image is not None else ()):
        yield EnvValue(name=variable.name, value=variable.value, source="image")
