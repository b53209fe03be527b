"""The written form of `.configlint.yaml`. Imported only where a configuration is new: pydantic is heavy."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator

from configlint.kinds.forms import Form
from configlint.model.regex import regex


def _number_as_text(value: object) -> object:
    """Python holds 0 and `false` for equal, and nobody who writes 0 has said which of the words is meant."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Switch = Annotated[Literal["off", "info", "warning", "error", False], BeforeValidator(_number_as_text)]
"""`false` means off: it is what YAML 1.1 makes of an unquoted `off`."""

Workers = Annotated[int, Field(ge=0, strict=True)]

_HOST = regex(r"[A-Za-z0-9._-]+|\[?[0-9A-Fa-f]*(?::[0-9A-Fa-f.]*){2,8}\]?")


class MobileForm(Form):
    """The phones on which the app runs."""

    host: str | None = Field(
        default=None,
        description="host name or address at which phones reach the backend; `fix` writes it",
    )
    paths: list[str] | None = Field(
        default=None, description="directories that hold the sources of apps, instead of lib/ of every Flutter package"
    )

    @field_validator("host")
    @classmethod
    def _bare(cls, host: str | None) -> str | None:
        if host is not None and not _HOST.fullmatch(host):
            raise ValueError("a host name or an address is expected, without scheme, port and path")
        return host


class RuleSettingForm(Form):
    """A rule with another level, or kept away from some files."""

    severity: Switch | None = Field(default=None, description="off, info, warning or error, instead of its own level")
    exclude: list[str] = Field(default=[], description="patterns of the paths in which this rule reports nothing")


class StackForm(Form):
    """The files of one stack."""

    compose: list[str] = Field(default=[], description="its compose files, in the order in which docker merges them")
    env: list[str] = Field(default=[], description="env files that fill in the variables of its compose files")
    livekit: str | list[str] | None = Field(default=None, description="the configuration of its LiveKit server")


class ConfigForm(Form):
    """What configlint cannot read from the files of a repository."""

    workers: dict[str, Workers] = Field(
        default={},
        description="the number of workers that is expected, by service (`stack/service` where two stacks share a "
        "name), by gunicorn file, or as `default` for all others",
    )
    mobile: MobileForm = Field(default=MobileForm(), description="where the phones are, and the sources of their apps")
    rules: dict[str, Switch | RuleSettingForm] = Field(
        default={}, description="rules by name: off, info, warning, error, or a mapping"
    )
    rule_files: list[str] = Field(
        default=[], alias="rule-files", description="rules of your own: paths or patterns of rule files"
    )
    exclude: list[str] = Field(default=[], description="patterns of the paths that are not read at all")
    stacks: dict[str, StackForm] = Field(
        default={}, description="files that run together, by a name for them, where they are not found by themselves"
    )


def descriptions() -> dict[str, str]:
    """What each key is for, by its dotted path."""
    found = {field.alias or name: field.description or "" for name, field in ConfigForm.model_fields.items()}
    mobile = {f"mobile.{name}": field.description or "" for name, field in MobileForm.model_fields.items()}
    return found | mobile
