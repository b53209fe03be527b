"""The paths that a Python program serves, read from what it registers with its web framework."""

from configlint.code.python.routes.serving import routes

__all__ = ["routes"]
