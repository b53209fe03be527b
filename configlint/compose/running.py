"""One service of a stack: the container that it runs in, and what that starts."""

from configlint.compose.command import Start
from configlint.compose.container import Container
from configlint.compose.model import Environment, Service
from configlint.formats.dockerfile.image import Image
from configlint.model.record import record
from configlint.model.tables import Reach
from configlint.model.tables.words import NetworkMode

_MODES: dict[str, NetworkMode] = {"bridge": "bridge", "default": "bridge", "host": "host", "none": "none"}


@record
class Running:
    """One service of a stack: its container, and what that starts."""

    stack: str
    service: Service
    container: Container
    start: Start
    requested: bool = False
    """Whether a profile of the service is switched on by the project's own env file."""

    @property
    def image(self) -> Image | None:
        """The image, if it is built here."""
        return self.container.image

    @property
    def environment(self) -> Environment:
        return self.container.environment

    @property
    def name(self) -> str:
        return self.service.name.raw

    @property
    def reach(self) -> Reach:
        """A service with a profile runs only where somebody asks for it."""
        return "optional" if self.service.profiles and not self.requested else "always"

    @property
    def profiles(self) -> frozenset[str]:
        """The profiles of which one has to be asked for before the service starts; empty where it always does."""
        return frozenset() if self.requested else frozenset(text.raw for text in self.service.profiles)

    @property
    def network(self) -> NetworkMode:
        """`shared`: that of another container."""
        mode = self.service.network_mode
        if mode is None:
            return "bridge"
        value = mode.value or "unknown"
        if value.startswith(("service:", "container:")):
            return "shared"
        return _MODES.get(value, "unknown")

    @property
    def repository(self) -> str:
        """The name, without registry's tag and digest, of the image that is pulled or built upon."""
        text = self.image.base if self.image is not None else self.service.image
        name = (text.raw if text is not None else "").partition("@")[0]
        head, _, tail = name.rpartition("/")
        return f"{head}/{tail.partition(':')[0]}" if head else tail.partition(":")[0]
