"""The key pairs that LiveKit's servers accept, beside the variables from which their clients take theirs."""

from collections.abc import Collection, Iterator

from configlint.explain.why.answer import Entry
from configlint.explain.why.stated import stated
from configlint.model.tables import Credential
from configlint.programs.livekit.client_variables import half_of_pair
from configlint.resolve import Resolution


def accepted(resolution: Resolution, name: str, stacks: Collection[str]) -> Iterator[Entry]:
    """The key pairs of LiveKit's servers, which have to agree with a variable of their clients.

    `stacks` are those that the variable has to do with; a server without compose is in a stack of its own.
    """
    composed = {stack.name for stack in resolution.stacks}
    half = half_of_pair(name)
    for row in resolution.tables["credentials"] if half else ():
        if isinstance(row, Credential) and row.role == "server" and row.system == "livekit":
            uses = row.key if half == "key" else row.value
            if row.stack in stacks or row.stack not in composed:
                parts = tuple(stated("decides", uses.text, row.at.place))
                yield Entry(kind="pair", stack=row.stack, service=row.service, name=row.name, uses=uses, parts=parts)
