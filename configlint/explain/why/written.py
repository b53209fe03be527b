"""Where values stand in files, whoever takes them."""

from collections.abc import Callable, Iterator

from configlint.code.python.reads import EnvironmentRead, environment_reads
from configlint.explain.why.answer import Part, Role
from configlint.formats import facts, format_of
from configlint.formats.dotenv import document as dotenv
from configlint.model.concealing import masked
from configlint.model.document import Document, Fact, UnreadableError
from configlint.model.record import record
from configlint.model.text import Text
from configlint.resolve import Resolution


@record
class Found:
    """A value and the file that holds it."""

    path: str
    fact: Fact

    @property
    def dotted(self) -> str:
        return ".".join(self.fact.key)


def documents(resolution: Resolution, word: str) -> Iterator[Document]:
    """The files that mention a word, read. No other is: the question is about one name, and files may be large."""
    for path in resolution.workspace.files:
        if format_of(path) is not None and word in (resolution.store.text(path) or ""):
            document = resolution.store.document(path)
            if document is not None:
                yield document


def values(resolution: Resolution, word: str, wanted: Callable[[str], bool]) -> Iterator[Found]:
    """The values whose dotted key is wanted, in files that mention `word`. One place has one value."""
    for document in documents(resolution, word):
        met = set()
        for fact in facts(document):
            if wanted(".".join(fact.key)) and fact.text.place not in met:
                met.add(fact.text.place)
                yield Found(path=document.path, fact=_secret(resolution, document.path, fact))


def _secret(resolution: Resolution, path: str, fact: Fact) -> Fact:
    """The fact, its text secret where a rule of the user's says so."""
    return Fact(key=fact.key, text=masked(fact.text, resolution.secrets)) if path in resolution.secrets else fact


def part(found: Found, note: str = "") -> Part:
    """The place of a value; `note` is said of it unless it stands in a file that is only copied."""
    template = dotenv.claims(found.path) and dotenv.template_name(found.path)
    role: Role = "template" if template else "written"
    text = found.fact.text
    return Part(role=role, text=text, place=text.place, by=found.dotted, note="" if template else note)


def reads(resolution: Resolution, name: str) -> Iterator[Part]:
    """The places in Python files that read a variable."""
    for document in documents(resolution, name):
        if not document.path.endswith(".py"):
            continue
        python = resolution.store.python(document.path)
        try:
            found = environment_reads(python).reads if python is not None else ()
        except UnreadableError:
            continue
        for one in found:
            if one.name.raw == name:
                yield Part(role="reads", text=default(one), place=one.place, by="code")


def default(read: EnvironmentRead) -> Text:
    """What code takes where a variable is not set; empty where it has nothing, or `None`."""
    text = read.default or Text()
    return Text() if text.raw == "None" and text.site is None else text
