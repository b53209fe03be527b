"""From documents to tables: what every service would really use, and who decided it."""

from configlint.resolve.resolution import Resolution, resolve

__all__ = ["Resolution", "resolve"]
