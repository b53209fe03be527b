"""The paths that a Python program serves, read from what it registers with its web framework."""

from configlint.formats.python.routes.model import Route, Routes
from configlint.formats.python.routes.serving import routes

__all__ = ["Route", "Routes", "routes"]
