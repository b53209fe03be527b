"""What a container starts: compose's command or the image's, through start scripts, down to the programs themselves."""

from collections.abc import Iterator, Sequence

from configlint.compose.container import Container
from configlint.compose.follow import Follower
from configlint.compose.model import Words
from configlint.compose.service import command as words_of
from configlint.compose.surroundings import of_container
from configlint.compose.tree import Items, Leaf
from configlint.formats.dockerfile.image import Command
from configlint.formats.shell.script import Invocation, Slot, from_line, from_script, from_words
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Place, Text, joined
from configlint.workspace.documents import DocumentStore

_REST = regex(r"(?:[ \t]+#[^\r\n]*|[ \t]*)(?=\r?\n|\Z)")
"""What may stand behind an item on its line."""


@record
class Start:
    """The programs that a container starts, in order. `at` is what decides them.

    `unknown` tells why nothing, or not everything, can be told. `replaced` are the programs of commands that would be
    started if compose, or a higher file of compose, named no command: the next one first. `lines` are entry point and
    command as they are given to the container, `beneath` the commands that these have replaced.
    """

    invocations: tuple[Invocation, ...]
    at: Text
    unknown: Reason | None = None
    replaced: tuple[Invocation, ...] = ()
    lines: tuple[Text, ...] = ()
    beneath: tuple[Text, ...] = ()


@record
class _Line:
    """A command in the form in which it is given: words, or a line for a shell."""

    words: tuple[Text, ...]
    script: Text | None
    at: Text
    slot: Slot | None = None
    line: Text | None = None
    """The words as one string, in which a further word can be written."""


def start(here: Container, store: DocumentStore) -> Start:
    """What the container of a service starts, as far as the repository tells."""
    lines, doubt = _effective(here), _doubt(here)
    if not lines:
        return Start(invocations=(), at=_named(here), unknown=doubt or Reason("no-command"))
    follower = Follower(of_container(here, store))
    found = tuple(follower.follow(_run(lines, here, doubt)))
    reason = next((one.program.reason for one in found if not one.program.known), None)
    if not found:
        reason = Reason("starts-shell")
    beneath = list(_replaced(here))
    lower = (one for line in beneath for one in follower.follow(_run([line], here, doubt)))
    places = {one.program.place for one in found}
    return Start(
        invocations=found,
        at=lines[-1].at,
        unknown=reason,
        replaced=tuple(one for one in lower if one.program.place not in places),
        lines=tuple(map(_written, lines)),
        beneath=tuple(map(_written, beneath)),
    )


def _named(here: Container) -> Text:
    """What names the container where no command does."""
    if here.service is not None:
        return here.service.image or here.service.name
    return Text.exactly("", here.image.place) if here.image is not None else Text()


def _effective(here: Container) -> list[_Line]:
    """Entry point and command. An entry point of compose drops the image's command too."""
    service, built = here.service, here.image
    entrypoint, command = (service.entrypoint, service.command) if service is not None else (None, None)
    lines: list[_Line] = []
    if entrypoint is not None:
        lines += [_of_compose(entrypoint)] if entrypoint.words else []
    elif built is not None and built.entrypoint is not None:
        lines.append(_of_image(built.entrypoint))
    if command is not None:
        lines += [_of_compose(command)] if command.words else []
    elif entrypoint is None and built is not None and built.command is not None:
        lines.append(_of_image(built.command))
    return lines


def _doubt(here: Container) -> Reason | None:
    """Who may name an entry point that is not seen here."""
    built, service = here.image, here.service
    if (service is not None and service.entrypoint is not None) or (built is not None and built.entrypoint is not None):
        return None
    if built is not None:
        return Reason("base-image", str(built.base))
    if here.absent_stage is not None:
        return Reason("no-stage", str(here.absent_stage))
    image = service.image if service is not None else None
    return Reason("foreign-image", str(image)) if image is not None else Reason("no-dockerfile")


def _run(lines: Sequence[_Line], here: Container, doubt: Reason | None) -> list[Invocation]:
    lookup = here.environment.lookup
    first, *others = lines
    rest = tuple(text for line in others for text in _as_words(line))
    if first.script is not None:
        return from_script(first.script, lookup, ())
    if doubt and first.words and first.words[0].raw.startswith("-"):
        # Options alone are for the entry point of an image that is not here.
        return [Invocation(program=Text.unknown(doubt, first.at.place), args=first.words, slot=first.slot)]
    if first.line is not None and not others:
        return from_line(first.line, lookup)
    slot = lines[-1].slot
    return from_words((*first.words, *rest), lookup, slot)


def _as_words(line: _Line) -> tuple[Text, ...]:
    return line.words if line.script is None else (Text.assumed("/bin/sh"), Text.assumed("-c"), line.script)


def _written(line: _Line) -> Text:
    """A command as one text: its words apart by spaces, those that hold a space themselves in quotes."""
    whole = line.script if line.script is not None else line.line
    if whole is not None:
        return whole
    spaced = (part for word in line.words for part in (Text.assumed(" "), *_quoted(word)))
    return joined(list(spaced)[1:])


def _quoted(word: Text) -> tuple[Text, ...]:
    return (Text.assumed("'"), word, Text.assumed("'")) if " " in word.raw or not word.raw else (word,)


def _of_compose(words: Words) -> _Line:
    node = words.node
    if isinstance(node, Items):
        return _Line(words=words.words, script=None, at=words.at, slot=_behind_items(node))
    line = node.text if isinstance(node, Leaf) else None
    return _Line(words=words.words, script=None, at=words.at, line=line, slot=_behind_line(words.words))


def _of_image(command: Command) -> _Line:
    if command.words is None:
        return _Line(words=(), script=command.script, at=command.script)
    at = joined(command.words[:1]) if command.words else Text.exactly("", command.place)
    return _Line(words=command.words, script=None, at=at, slot=_behind_list(command.words))


def _behind_line(words: tuple[Text, ...]) -> Slot | None:
    """Behind the last word of a string."""
    run = words[-1].runs[-1] if words and words[-1].runs else None
    if run is None or run.place is None or not run.exact:
        return None
    return Slot(place=Place(run.place.path, run.place.end, run.place.end), style="shell/line")


def _behind_list(words: tuple[Text, ...]) -> Slot | None:
    literal = words[-1].runs[-1].literal if words and words[-1].runs else None
    if literal is None:
        return None
    end = literal.place.end
    return Slot(place=Place(literal.place.path, end, end), style=literal.style, separator=", ", quote='"')


def _behind_items(node: Items) -> Slot | None:
    """Behind the last item of a list in YAML, in its own style: `, "x"`, or a line of its own behind the comment."""
    if not node.items:
        return None
    content, end = node.scope.content, node.items[-1].place.end
    if content[node.place.start : node.place.start + 1] == "[":
        return Slot(place=Place(node.place.path, end, end), style="yaml/double", separator=", ", quote='"')
    line = content.rfind("\n", 0, node.items[0].place.start) + 1
    lead = content[line : node.items[0].place.start]
    rest = _REST.match(content, end)
    if lead.strip() != "-" or rest is None:
        return None
    line_end = "\r\n" if content.startswith("\r\n", rest.end()) else "\n"
    place = Place(node.place.path, rest.end(), rest.end())
    return Slot(place=place, style="yaml/double", separator=line_end + lead, quote='"')


def _replaced(here: Container) -> Iterator[_Line]:
    """Commands that a higher layer has replaced."""
    service, built = here.service, here.image
    if service is None:
        return
    for words in (service.command, service.entrypoint):
        for node in words.node.beneath if words is not None else ():
            lower = words_of(node)
            if lower is not None and lower.words:
                yield _of_compose(lower)
    if built is not None and built.command is not None and (service.command or service.entrypoint) is not None:
        yield _of_image(built.command)
    if built is not None and built.entrypoint is not None and service.entrypoint is not None:
        yield _of_image(built.entrypoint)
