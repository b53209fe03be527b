"""`.configlint.yaml`, or its like in pyproject.toml: the user's settings for a repository."""

from configlint.config.load import Config, check_names, check_services, find, load

__all__ = ["Config", "check_names", "check_services", "find", "load"]
