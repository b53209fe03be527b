"""Docker compose's variable interpolation, over traced text.

The grammar is that of compose-go's `template` package: `$V`, `${V}`, and `${V` followed by one of `:-`, `-`, `:?`,
`?`, `:+`, `+` and a right side that may itself hold references; `$$` is a dollar sign. A dollar sign before anything
else is literal, except that `${` which begins no reference makes the whole template invalid.
"""

from collections.abc import Callable, Iterator

from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Literal, Run, Text

Lookup = Callable[[str], Text | None]

_REFERENCE = regex(r"\$(?:\$|\{|[A-Za-z_][A-Za-z0-9_]*)")
_HEAD = regex(r"([A-Za-z_][A-Za-z0-9_]*)(:?[-?+])?")
_BRACE = regex(r"\$\{|\}")
_DEPTH = 32
"""References inside right sides: people nest two or three."""
_MOST = 1000
"""Stretches of a value that come from different places."""
LONGEST = 131_072
"""Characters of a value. Linux hands no longer one to a program; variables that double each other make any length."""


@record
class Use:
    """One reference. `reference` is all of it, `name` the variable's name in it.

    `default` is the right side of `:-` and `-`, before its own references are resolved. `defined` tells whether the
    lookup knew the variable. `idle` marks a reference in a right side that was not taken.
    """

    name: Text
    reference: Text
    operator: str = ""
    default: Text | None = None
    defined: bool
    idle: bool = False

    @property
    def required(self) -> bool:
        """Whether compose refuses to start without a value."""
        return "?" in self.operator


@record
class Interpolated:
    """The resolved text and its references in the order of the template.

    `error` is what compose would refuse. With `demands` that is only a required variable, which may be set where
    compose is run; the text is then unknown just there. It is all unknown, without an error, where it grows too long.
    """

    text: Text
    uses: tuple[Use, ...] = ()
    error: str = ""
    demands: bool = False


def blank(use: Use) -> Text:
    """What compose puts in the place of a variable that nothing sets: nothing, seen where it is referred to."""
    return Text((Run(text="", place=use.reference.place),))


def interpolate(template: Text, lookup: Lookup, unset: Callable[[Use], Text] = blank) -> Interpolated:
    """Resolve the references of a template.

    `lookup` knows a variable's value, or None where nothing sets it; `unset` is then asked for the text that stands
    in its place, unless the reference brings a default. What is literal keeps its place, a value is marked as
    passed on by the reference, and a default as depending on its variable.
    """
    template = _interpolated_literals(template)
    if "$" not in template.raw:
        return Interpolated(text=template)
    reader = _Reader(lookup, unset)
    try:
        text = reader.resolve(template, idle=False, depth=0)
    except _RefusedError as refusal:
        unknown = Text.unknown(Reason("refused-template", refusal.message), template.place)
        return Interpolated(text=unknown, uses=tuple(reader.uses), error=refusal.message)
    except _EndlessError:
        unknown = Text.unknown(Reason("too-long"), template.place)
        return Interpolated(text=unknown, uses=tuple(reader.uses))
    return Interpolated(text=text, uses=tuple(reader.uses), error=reader.demand, demands=bool(reader.demand))


def references(template: Text) -> tuple[Use, ...]:
    """The references of a template, whatever their values are."""
    return interpolate(template, lambda _: None).uses


STYLE = "compose/"
"""Prefixes the style of a literal whose content is a template: a dollar sign in it is written twice."""


def written(value: str) -> str:
    """The template that is resolved to `value`."""
    return value.replace("$", "$$")


def _interpolated_literals(template: Text) -> Text:
    return Text(
        run if run.literal is None else run.but(literal=_template_literal(run.literal)) for run in template.runs
    )


def _template_literal(literal: Literal) -> Literal:
    return literal if literal.style.startswith(STYLE) else restyled(literal, STYLE + literal.style)


def restyled(literal: Literal, style: str) -> Literal:
    """The same literal, to be written in another style."""
    return Literal(place=literal.place, inner=literal.inner, style=style, before=literal.before, after=literal.after)


class _RefusedError(Exception):
    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class _EndlessError(Exception):
    """More than `LONGEST` characters, or `_MOST` runs."""


class _Reader:
    """Resolves one template; collects its uses by where they stand, and the first variable that has to be set."""

    def __init__(self, lookup: Lookup, unset: Callable[[Use], Text]) -> None:
        self.lookup = lookup
        self.unset = unset
        self.uses: list[Use] = []
        self.demand = ""

    def resolve(self, template: Text, idle: bool, depth: int) -> Text:
        if depth > _DEPTH:
            raise _RefusedError("references are nested too deeply")
        runs: list[Run] = []
        length = 0
        for piece in self._pieces(template, idle, depth):
            runs += piece.runs
            length += len(piece)
            if len(runs) > _MOST or length > LONGEST:
                raise _EndlessError
        return Text(runs)

    def _pieces(self, template: Text, idle: bool, depth: int) -> Iterator[Text]:
        raw, start = template.raw, 0
        while match := _REFERENCE.search(raw, start):
            if match.start() > start:
                yield template[start : match.start()]
            if match[0] == "$$":
                yield template[match.end() - 1 : match.end()]
                start = match.end()
            elif match[0] == "${":
                end = _closing(raw, match.start())
                yield self._braced(template, match.start(), end, idle, depth)
                start = end
            else:
                start = match.end()
                yield self._plain(template[match.start() + 1 : start], template[match.start() : start], idle)
        if start < len(raw) or start == 0:
            yield template[start:]

    def _braced(self, template: Text, start: int, end: int, idle: bool, depth: int) -> Text:
        head = _HEAD.match(template.raw, start + 2)
        if head is None or (head[2] is None and head.end() != end - 1):
            raise _RefusedError("invalid template")
        name, reference = template[head.start(1) : head.end(1)], template[start:end]
        if head[2] is None:
            return self._plain(name, reference, idle)
        return self._operation(name, reference, head[2], template[head.end() : end - 1], idle, depth)

    def _plain(self, name: Text, reference: Text, idle: bool) -> Text:
        value = self.lookup(name.raw)
        use = Use(name=name, reference=reference, defined=value is not None, idle=idle)
        self.uses.append(use)
        return self.unset(use) if value is None else _passed_on(value, reference)

    def _operation(self, name: Text, reference: Text, operator: str, right: Text, idle: bool, depth: int) -> Text:
        value = self.lookup(name.raw)
        filled = value is not None and (operator[0] != ":" or value.raw != "")
        kind = operator[-1]
        default = right if kind == "-" else None
        defined = value is not None
        use = Use(name=name, reference=reference, operator=operator, default=default, defined=defined, idle=idle)
        self.uses.append(use)
        taken = filled if kind == "+" else not filled
        resolved = self.resolve(right, idle or not taken, depth + 1)
        if kind == "?" and not filled:
            message = f"required variable {name.raw} is missing a value"
            self.demand = self.demand or message
            return Text.unknown(Reason("required-variable", name.raw), reference.place)
        if kind == "-" and not filled:
            return resolved.defaulting(name.raw)
        if kind == "+" and value is not None and value.value is None:
            return Text.unknown(value.reason, reference.place)
        if kind == "+" and filled:
            return resolved
        return _passed_on(value, reference) if value is not None else blank(use)


def _passed_on(value: Text, reference: Text) -> Text:
    place = reference.place
    return value if place is None else value.through(place)


def _closing(raw: str, start: int) -> int:
    """The offset behind the brace that closes the reference at `start`. Only `${` opens another one."""
    depth = 0
    for match in _BRACE.finditer(raw, start):
        depth += 1 if match[0] == "${" else -1
        if depth == 0:
            return match.end()
    raise _RefusedError("invalid template")
