"""The written form of `.configlint.yaml`. Imported only where a configuration is new: pydantic is heavy."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator

from configlint.kinds.forms import Form
from configlint.model.regex import regex


def _number_as_text(value: object) -> object:
    """In Python 0 equals `false`, but somebody who writes 0 has not chosen one of the words."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Switch = Annotated[Literal["off", "info", "warning", "error", False], BeforeValidator(_number_as_text)]
"""`false` means off: YAML 1.1 reads an unquoted `off` as false."""

Workers = Annotated[int, Field(ge=0, strict=True)]

_HOST = regex(r"[A-Za-z0-9._-]+|\[?[0-9A-Fa-f]*(?::[0-9A-Fa-f.]*){2,8}\]?")


class MobileForm(Form):
    """The phones on which the app runs."""

    host: str | None = Field(
        default=None,
        description="host name or address at which phones reach the backend; `fix` writes it into the app",
    )
    paths: list[str] | None = Field(
        default=None, description="directories with the sources of apps, instead of lib/ of every Flutter package"
    )

    @field_validator("host")
    @classmethod
    def _bare(cls, host: str | None) -> str | None:
        if host is not None and not _HOST.fullmatch(host):
            raise ValueError("should be a host name or an address, without scheme, port and path")
        return host


class RuleSettingForm(Form):
    """A rule with another severity, or with excluded files."""

    severity: Switch | None = Field(
        default=None, description="off, info, warning or error, instead of the default of the rule"
    )
    exclude: list[str] = Field(default=[], description="path patterns for which this rule reports nothing")


class StackForm(Form):
    """The files of one stack."""

    compose: list[str] = Field(default=[], description="its compose files, in the order in which compose merges them")
    env: list[str] = Field(default=[], description="env files with the variables of its compose files")
    livekit: str | list[str] | None = Field(default=None, description="the configuration file of its LiveKit server")


class ConfigForm(Form):
    """Facts that configlint cannot read from the files of a repository."""

    workers: dict[str, Workers] = Field(
        default={},
        description="the expected number of workers, by service (`stack/service` if two stacks share a name), by "
        "gunicorn file, or as `default` for all others",
    )
    mobile: MobileForm = Field(default=MobileForm(), description="the address for phones, and the sources of the apps")
    rules: dict[str, Switch | RuleSettingForm] = Field(
        default={}, description="rules by name: off, info, warning, error, or a mapping"
    )
    rule_files: list[str] = Field(
        default=[], alias="rule-files", description="custom rules: paths or patterns of rule files"
    )
    exclude: list[str] = Field(default=[], description="path patterns that configlint does not read")
    stacks: dict[str, StackForm] = Field(
        default={}, description="files that run together, by stack name, if configlint does not detect them"
    )


def descriptions() -> dict[str, str]:
    """What each key is for, by its dotted path."""
    found = {field.alias or name: field.description or "" for name, field in ConfigForm.model_fields.items()}
    mobile = {f"mobile.{name}": field.description or "" for name, field in MobileForm.model_fields.items()}
    return found | mobile
