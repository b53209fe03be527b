"""What only the whole repository says of a secret.

That it is another server's, that it comes from a template, or that it is the default of what a missing file sets.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from configlint.formats.dotenv import document as dotenv
from configlint.model.cell import cell, unknown
from configlint.model.reason import Reason
from configlint.model.record import replace
from configlint.model.tables import Credential, Row
from configlint.model.text import Place, Text
from configlint.resolve.stack import Stack
from configlint.resolve.stack.drift import copied_to, real_files
from configlint.workspace.workspace import Workspace, directory


def settled(workspace: Workspace, stacks: Sequence[Stack], rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, their credentials seen in the light of all others."""
    held = [row for row in rows if isinstance(row, Credential)]
    keys = frozenset(row.key.value for row in held if row.role == "server")
    pairs = frozenset((row.key.value, row.value.value) for row in held if row.role == "server")
    templates, overriding = _templates(workspace, held), _overriding(stacks)
    absent = {stack.name: _absent(workspace, stack) for stack in stacks}
    for row in rows:
        if not isinstance(row, Credential):
            yield row
        elif row.server and row.key.value not in keys:
            yield _not_known(row, Reason("other-server", row.server))
        elif row.role == "client" and (row.key.value, row.value.value) not in pairs and (file := _decides(row, absent)):
            yield _not_known(row, Reason("ignored-file", file))
        else:
            yield _of_template(row, templates, overriding)


def _not_known(row: Credential, reason: Reason) -> Credential:
    missing = unknown(reason, row.value.text if row.value.text.place else row.at)
    return replace(row, key=missing, value=missing)


def _absent(workspace: Workspace, stack: Stack) -> Mapping[str, str]:
    """Variables that an env file of a stack sets which git ignores and which is not here, as its templates say."""
    return {
        binding.name.raw: path
        for path in stack.project.env_files
        if workspace.store.state(path) == "ignored"
        for template in workspace.env_files.get(directory(path), ())
        if dotenv.template_name(template) and (document := workspace.store.dotenv(template)) is not None
        for binding in document.bindings
    }


def _decides(row: Credential, absent: Mapping[str, Mapping[str, str]]) -> str:
    """The file that is not here and replaces the defaults of a pair; empty where it is judged by them."""
    variables = (*row.key.text.depends, *row.value.text.depends)
    return next((file for name in variables if (file := absent.get(row.stack, {}).get(name))), "")


def _of_template(
    row: Credential, templates: Mapping[str, Mapping[str, Text]], overriding: Mapping[Place, Text]
) -> Credential:
    place = row.value.text.place
    if place is None or row.shape == "reference":
        return row
    below = overriding.get(place)
    if below is not None:
        return replace(row, template=False, shape="placeholder", counterpart=cell(below.as_secret()))
    same = templates.get(place.path, {}).get(row.name)
    if row.template or row.shape != "real" or same is None or same.raw != row.value.value:
        return row
    return replace(row, shape="placeholder", counterpart=cell(same.as_secret()))


def _templates(workspace: Workspace, held: Iterable[Credential]) -> Mapping[str, Mapping[str, Text]]:
    """What the template of each env file that holds secrets sets, by the path of that file."""
    files = {place.path for row in held if row.env_file and (place := row.value.text.place) is not None}
    found: dict[str, Mapping[str, Text]] = {}
    by_name = real_files(workspace) if files else {}
    for template in workspace.every_env_file if files else ():
        real = copied_to(workspace, by_name, template) if dotenv.template_name(template) else None
        document = workspace.store.dotenv(template) if real in files else None
        if real is not None and document is not None:
            found[real] = {one.name.raw: one.value for one in document.bindings if one.value is not None}
    return found


def _overriding(stacks: Iterable[Stack]) -> Mapping[Place, Text]:
    """The values of templates that win over a real env file in the same service, with what each wins over."""
    values = (value for stack in stacks for one in stack.running.values() for value in one.environment.values.values())
    found: dict[Place, Text] = {}
    for value in values:
        place = value.value.place if value.value is not None and value.source == "env_file" else None
        if place is not None and dotenv.template_name(place.path):
            below = (other.value for other in value.overridden if other.source == "env_file")
            real = next((text for text in below if text is not None and text.place and not _in_template(text)), None)
            if real is not None:
                found[place] = real
    return found


def _in_template(text: Text) -> bool:
    return text.place is not None and dotenv.template_name(text.place.path)
