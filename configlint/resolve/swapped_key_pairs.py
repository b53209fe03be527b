"""LiveKit's key pairs whose key and secret stand in each other's place: what is called a key is a secret then."""

from collections.abc import Iterable, Iterator

from configlint.formats.secrecy import LONGEST_KEY_NAME
from configlint.model.tables import Credential, Row
from configlint.model.text import Place


def places(rows: Iterable[Row]) -> Iterator[Place]:
    """Where a key stands that may be a secret.

    It is one if the secret's place holds a server's key or the key's place a server's secret, and it may be one if it
    is long and no server knows it.
    """
    pairs = [row for row in rows if isinstance(row, Credential) and row.system == "livekit" and row.key.value]
    servers = [row for row in pairs if row.role == "server"]
    clients = [row for row in pairs if row.role != "server"]
    keys, secrets = _known(row.key.value for row in servers), _known(row.value.value for row in servers)
    for row in clients:
        exchanged = str(row.value.value) in keys or str(row.key.value) in secrets
        if exchanged or (len(str(row.key.value)) > LONGEST_KEY_NAME and str(row.key.value) not in keys):
            yield from row.key.text.places
    given = _known(row.value.value for row in clients)
    used = _known(row.key.value for row in clients)
    for row in servers:
        if str(row.value.value) in used or (str(row.key.value) in given and len(str(row.key.value)) > LONGEST_KEY_NAME):
            yield from row.key.text.places


def _known(values: Iterable[object]) -> frozenset[str]:
    return frozenset(str(value) for value in values if value)
