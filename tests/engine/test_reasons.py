"""Every reason why a value is unknown has its sentence, and every code is used."""

import re
from pathlib import Path
from typing import get_args

import pytest

import configlint
from configlint.engine.reasons import said
from configlint.model.reason import Code, Reason

CODES = get_args(Code)
SOURCES = "\n".join(path.read_text() for path in Path(configlint.__path__[0]).rglob("*.py"))


@pytest.mark.parametrize("code", CODES)
def test_a_reason_is_one_clause_with_or_without_its_subject(code: Code) -> None:
    alone, named = said(Reason(code)), said(Reason(code, "SUBJECT", "SOURCE"))
    assert alone
    assert "SUBJECT" in named
    assert not re.search(r"[{}\n]|\.$", alone + named)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_given_somewhere(code: Code) -> None:
    """Once where the codes are listed, once with its sentence, and at least once where a value is found unknown."""
    assert SOURCES.count(f'"{code}"') > 2


def test_where_nobody_knows_why_nothing_is_said() -> None:
    assert said(None) == ""
