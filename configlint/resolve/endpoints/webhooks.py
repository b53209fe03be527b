"""The webhooks that LiveKit's server calls."""

from collections.abc import Iterator

from configlint.formats.yaml.nodes import Mapping, Scalar, Sequence
from configlint.model.net.url import parts
from configlint.model.tables import Url
from configlint.programs.livekit.service import config, program
from configlint.resolve.call_row import called
from configlint.resolve.stack import urls


def rows(network: urls.Network) -> Iterator[Url]:
    """`webhook.urls` of the configuration that a server reads: it posts its events there."""
    for one in network.stack.running.values():
        found = config(one, network.store) if program(one) == "server" else None
        hook = found.root.get("webhook") if found is not None and found.root is not None else None
        listed = hook.get("urls") if isinstance(hook, Mapping) else None
        for item in listed.items if found is not None and isinstance(listed, Sequence) else ():
            text = found.text(item) if found is not None and isinstance(item, Scalar) else None
            address = parts(text) if text is not None else None
            if text is not None and address is not None and text.place is not None:
                row = urls.row(network, one, "webhook.urls", text, address, urls.inside(one, address.protocol))
                yield called(row, "http", "POST", text.place)
