"""What decides a value: everything that states it, in order of precedence, and what becomes of each statement.

A decision is made once, where the precedence is known (in `compose`, `programs` or `resolve`); whatever compares,
explains or draws the value reads it.
"""

from collections.abc import Iterable
from typing import Literal

from configlint.model.cell import NULL, Cell
from configlint.model.record import record, replace
from configlint.model.text import Text

Subject = Literal["workers", "port", "command", "variable", "key"]

Means = Literal[
    "option", "switch", "command", "variable", "setting", "argument", "environment", "env_file", "loaded", "image",
    "code", "default",
]  # fmt: skip
"""By what a value is stated. option: `--workers 2` on a command line, or in a variable that holds options; switch: an
option without a value, from which the value follows; command: a word or the whole of a command. variable: an
environment variable that the program reads; setting: a line of its configuration file; argument: that of a call in
code. environment, env_file, image: layers of a container's environment; loaded: a file that the code itself loads;
code: what the code takes where nothing is set. default: the program's own.
"""

Effect = Literal["wins", "overridden", "passes", "unfollowed"]
"""wins: this is the effective value. overridden: it would decide if those before it were not there. passes: the winner
is made of it. unfollowed: nothing reads it, as the options of a command that is replaced by another one.
"""


@record
class Statement:
    """One place that states a value.

    `by` names the means: an option, a variable, the path of a file, a program. `written` is what precedes the value
    there, as it is written: `-w `, `--workers=`, `WEB_CONCURRENCY=`; of a switch it is all. `at` is where it is stated
    if the value itself is written nowhere. With a `fatal` one the program does not start, whatever others say.
    """

    value: Cell
    means: Means
    by: str
    written: str = ""
    at: Text = Text()
    effect: Effect = "wins"
    fatal: bool = False


@record
class Decision:
    """All statements of one value in order of precedence; without any, nothing states it.

    `name` is that of the variable, or of the program whose workers or port it is. `file` is the configuration file
    that the program reads, from the root; empty where there is none, or none of ours.
    """

    subject: Subject
    name: str
    statements: tuple[Statement, ...]
    file: str = ""

    @property
    def winner(self) -> Statement | None:
        return next((one for one in self.statements if one.effect == "wins"), None)

    @property
    def value(self) -> Cell:
        """The effective value; null where nothing states one."""
        winner = self.winner
        return NULL if winner is None else winner.value

    @property
    def in_vain(self) -> tuple[Statement, ...]:
        """What somebody wrote and what would decide in turn if the winner were not there."""
        return tuple(one for one in self.statements if one.effect == "overridden" and one.value.text.places)


def decided(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements with their effects: the first wins; the others are overridden, unless it is made of them."""
    first, *others = statements
    text = first.value.text
    made_of = {*text.places, *text.via}

    def effect(one: Statement) -> Effect:
        return "overridden" if made_of.isdisjoint(one.value.text.places) else "passes"

    return (replace(first, effect="wins"), *(replace(one, effect=effect(one)) for one in others))
