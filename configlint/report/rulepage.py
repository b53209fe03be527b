"""A rule for its readers: the same page for a terminal (`configlint explain`) and as Markdown (`docs/rules`)."""

from collections.abc import Iterator, Mapping, Sequence

from configlint.model.record import record
from configlint.report import Options
from configlint.report.colours import Pen
from configlint.report.screen import wrapped

INDENT = 2
"""Columns before what stands under a heading, on a terminal."""
_WIDTH = 80
_LANGUAGES = {
    "yaml": "yaml", "yml": "yaml", "py": "python", "dart": "dart", "env": "dotenv", "Dockerfile": "dockerfile",
}  # fmt: skip


@record
class Scene:
    """An example at work: its files, what `check` prints about them, and what `fix --diff` does."""

    files: Mapping[str, str]
    found: str = ""
    diff: str = ""


@record
class RulePage:
    """The content of a page. `configured` describes the configuration keys that the rule uses, by name.

    `bad` is a scene in which the rule finds something, `good` one in which it finds nothing; None if the rule file has
    no such example.
    """

    id: str
    title: str
    severity: str
    fixable: bool
    about: str
    why: str
    fix: str
    help: str
    not_for: str
    configured: Mapping[str, str]
    bad: Scene | None
    good: Scene | None


@record
class Listing:
    """Verbatim text. `name` is the file with this content, or empty."""

    content: str
    language: str = "text"
    name: str = ""


@record
class Section:
    heading: str
    parts: tuple[str | Listing, ...]


def sections(page: RulePage) -> list[Section]:
    """All sections below the title, without those that the rule file leaves out."""
    found = (
        Section(heading="What it finds", parts=_prose(page.about)),
        Section(heading="Why", parts=_prose(page.why)),
        Section(heading="Example", parts=tuple(_example(page))),
        Section(heading="The fix and its safety", parts=tuple(_fix(page))),
        Section(heading="How to configure it", parts=tuple(_configure(page))),
        Section(heading="When not to use it", parts=_prose(page.not_for)),
    )
    return [section for section in found if section.parts]


def markdown(page: RulePage, source: str) -> str:
    """The page as a document. `source` is the rule file that it is made of."""
    lines = [f"<!-- Made from {source} by `make docs`. -->", "", f"# {page.id}", "", _lead(page), ""]
    for section in sections(page):
        lines += [f"## {section.heading}", ""]
        for part in section.parts:
            lines += [part, ""] if isinstance(part, str) else [*_fenced(part), ""]
    return "\n".join(lines)


def text(page: RulePage, options: Options) -> str:
    """The page for a terminal, or for a pipe."""
    pen, room = Pen(color=options.color), min(options.width or _WIDTH, _WIDTH)
    lines = [pen.bold(page.id), *wrapped(_lead(page), room), ""]
    for section in sections(page):
        lines.append(pen.bold(section.heading))
        for part in section.parts:
            lines += _indented(wrapped(part, room - INDENT)) if isinstance(part, str) else _listed(part)
            lines.append("")
    return "\n".join(lines)


def _lead(page: RulePage) -> str:
    return f"{page.severity}{', fixable' if page.fixable else ''}. Requirement: {page.title}."


def _prose(text: str) -> tuple[str, ...]:
    """Paragraphs: a folded scalar of YAML has a line for each."""
    return tuple(line for line in text.strip().split("\n") if line)


def _example(page: RulePage) -> Iterator[str | Listing]:
    if page.bad is not None:
        yield from _files(page.bad)
        quiet = page.severity == "info"
        yield f"`configlint check{' --verbose' if quiet else ''}` reports:"
        yield Listing(content=page.bad.found)
    if page.good is not None:
        yield "Nothing is reported here:"
        yield from _files(page.good)


def _files(scene: Scene) -> Iterator[Listing]:
    for name, content in scene.files.items():
        ending = "env" if ".env" in name else name.rpartition("/")[2].rpartition(".")[2]
        yield Listing(content=content, language=_LANGUAGES.get(ending, "text"), name=name)


def _fix(page: RulePage) -> Iterator[str | Listing]:
    if not page.fixable:
        yield "This rule has no automatic fix."
    else:
        yield f"`configlint fix` fixes it where it can: {page.fix}."
        yield (
            "The fix is safe, unless the same characters also set a value that this finding is not about, or a tracked "
            "file would get its value from an untracked one. Then it needs `--unsafe`."
        )
        if page.bad is not None and page.bad.diff:
            yield "For the example above, `configlint fix --diff` prints:"
            yield Listing(content=page.bad.diff, language="diff")
    if page.help:
        yield f"{'If there is no fix' if page.fixable else 'What to do'}: {page.help}."


def _configure(page: RulePage) -> Iterator[str | Listing]:
    for key, description in page.configured.items():
        yield f"The rule uses `{key}` in `.configlint.yaml`: {description}."
    yield "Like every rule, it can be switched off, get another severity, or exclude files:"
    other = "warning" if page.severity != "warning" else "info"
    yield Listing(
        content=f"rules:\n  {page.id}: {{severity: {other}, exclude: [legacy/**]}}   # or: off\n", language="yaml"
    )


def _fenced(listing: Listing) -> list[str]:
    title = [f"`{listing.name}`"] * bool(listing.name)
    return [*title, f"```{listing.language}", *listing.content.rstrip("\n").split("\n"), "```"]


def _listed(listing: Listing) -> list[str]:
    lines = listing.content.rstrip("\n").split("\n")
    return _indented([listing.name, *_indented(lines)] if listing.name else lines)


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"{' ' * INDENT}{line}".rstrip() for line in lines]
