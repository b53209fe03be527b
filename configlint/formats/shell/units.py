"""Files that list programs to start: Procfiles, systemd units, supervisor's configuration."""

from collections.abc import Iterator
from typing import Literal as Choice
from typing import NamedTuple

from configlint.formats.shell.expansion import Lookup
from configlint.formats.shell.script import Invocation, from_line, from_script
from configlint.formats.shell.shell import Word, words
from configlint.model.record import record, replace
from configlint.model.regex import regex
from configlint.model.text import Literal, Place, Text, joined

Kind = Choice["procfile", "systemd", "supervisor"]


@record
class Program:
    """One command line of a unit file, what it sets for it, and where it is started.

    `shell` tells whether a shell runs the line. `environment` is in order, a later one wins.
    """

    name: str
    line: Text
    environment: tuple[tuple[str, Text], ...] = ()
    env_files: tuple[Text, ...] = ()
    directory: Text | None = None
    shell: bool = False

    def invocations(self, lookup: Lookup) -> list[Invocation]:
        """What the line starts, its own variables over those of `lookup`."""
        own = dict(self.environment)

        def find(name: str) -> Text | None:
            found = own.get(name)
            return lookup(name) if found is None else found

        found = from_script(self.line, find) if self.shell else from_line(self.line, find)
        return [self._started(one) for one in found]

    def _started(self, one: Invocation) -> Invocation:
        return replace(
            one,
            environment=tuple({**dict(self.environment), **dict(one.environment)}.items()),
            directory=one.directory or (self.directory.value if self.directory is not None else ""),
        )


def kind_of(path: str) -> Kind | None:
    """What kind of unit file a path names, if any."""
    name = path.rpartition("/")[2].lower()
    if name == "procfile" or name.startswith("procfile."):
        return "procfile"
    if name.endswith(".service"):
        return "systemd"
    if name == "supervisord.conf" or (name.endswith((".conf", ".ini")) and "supervisor" in path.lower()):
        return "supervisor"
    return None


def programs(kind: Kind, path: str, content: str) -> tuple[Program, ...]:
    """The programs that a unit file starts. What is not understood in it is passed over."""
    lines = list(_lines(path, content))
    if kind == "procfile":
        return tuple(_procfile(lines))
    sections = _sections(lines, inline=kind == "supervisor")
    return tuple(_systemd(sections) if kind == "systemd" else _supervisor(sections))


def _lines(path: str, content: str) -> Iterator[Text]:
    start = 1 if content.startswith("\ufeff") else 0
    while start < len(content):
        end = content.find("\n", start)
        end = len(content) if end < 0 else end
        stop = end - 1 if end > start and content[end - 1] == "\r" else end
        place = Place(path, start, stop)
        yield Text.literal(content[start:stop], Literal(place=place, inner=place, style="unit/line"))
        start = end + 1


_PROCESS = regex(r"([A-Za-z0-9_-]+):\s*")


def _procfile(lines: list[Text]) -> Iterator[Program]:
    for line in lines:
        found = _PROCESS.match(line.raw)
        if found is not None:
            yield Program(name=found[1], line=line[found.end() :], shell=True)


class _Section(NamedTuple):
    name: str
    settings: list[tuple[str, list[Text]]]

    def all(self, name: str) -> list[Text]:
        return [joined(parts) for key, parts in self.settings if key == name]

    def last(self, name: str) -> Text | None:
        found = self.all(name)
        return found[-1] if found else None


_HEADER = regex(r"\s*\[([^\]]*)\]")
_SETTING = regex(r"([A-Za-z_][\w-]*)\s*[=:]\s*")
_INLINE_COMMENT = regex(r"\s;")


def _sections(lines: list[Text], *, inline: bool) -> list[_Section]:
    """The sections of an INI file; a line that begins with blanks, or follows a backslash, continues the last one."""
    sections: list[_Section] = []
    continued = False
    for line in lines:
        raw = line.raw
        if raw.lstrip().startswith(("#", ";")):
            continue
        if inline and (comment := _INLINE_COMMENT.search(raw)):
            line = line[: comment.start()]
            raw = line.raw
        header, setting = _HEADER.match(raw), _SETTING.match(raw)
        goes_on = raw.endswith("\\") and not inline
        body = line[:-1] if goes_on else line
        if continued or (inline and raw[:1] in (" ", "\t") and raw.strip()):
            if sections and sections[-1].settings:
                sections[-1].settings[-1][1].append(body)
        elif header is not None:
            sections.append(_Section(header[1].strip(), []))
        elif setting is not None and sections:
            sections[-1].settings.append((setting[1], [body[setting.end() :]]))
        continued = goes_on
    return sections


def _systemd(sections: list[_Section]) -> Iterator[Program]:
    for section in sections:
        if section.name != "Service":
            continue
        environment = [pair for text in section.all("Environment") for pair in _pairs(words(text))]
        files = tuple(_without(text, "-") for text in section.all("EnvironmentFile"))
        for line in section.all("ExecStart"):
            if line.raw.strip():
                yield Program(
                    name="ExecStart",
                    line=_without(line, "@-:+!|"),
                    environment=tuple(environment),
                    env_files=files,
                    directory=section.last("WorkingDirectory"),
                )


def _without(text: Text, signs: str) -> Text:
    return text[len(text.raw) - len(text.raw.lstrip(signs)) :]


def _pairs(found: list[Word]) -> Iterator[tuple[str, Text]]:
    for word in found:
        name, sign, _ = word.text.raw.partition("=")
        if sign:
            yield name, word.text[len(name) + 1 :]


def _supervisor(sections: list[_Section]) -> Iterator[Program]:
    for section in sections:
        kind, _, name = section.name.partition(":")
        line = section.last("command")
        if kind != "program" or line is None:
            continue
        environment = section.last("environment")
        yield Program(
            name=name,
            line=line,
            environment=tuple(_listed(environment)) if environment is not None else (),
            directory=section.last("directory"),
        )


_LISTED = regex(r"\s*([A-Za-z_]\w*)\s*=\s*(\"[^\"]*\"|'[^']*'|[^,]*)\s*,?")


def _listed(text: Text) -> Iterator[tuple[str, Text]]:
    """`A="1",B=2`."""
    for found in _LISTED.finditer(text.raw):
        start, end = found.span(2)
        quoted = found[2][:1] in ("'", '"') and end - start > 1
        yield found[1], text[start + 1 : end - 1] if quoted else text[start:end].strip()
