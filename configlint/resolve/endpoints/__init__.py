"""Clients and servers: what is called, who answers there, and which paths it serves."""

from configlint.resolve.endpoints import doors
from configlint.resolve.endpoints.targets import Host

__all__ = ["Host", "doors"]
