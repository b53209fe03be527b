"""JSON as the outputs write it."""

import json

from configlint.model.regex import regex
from configlint.report.screen import COMMAND, INVISIBLE

_UNSAFE = regex(f"[{INVISIBLE}]|{COMMAND}")


def written(document: object) -> str:
    """The document with a newline at its end. Letters stay as they are; what would act on a terminal is spelled out."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda match: _escape(ord(match[0])), text) + "\n"


def _escape(code: int) -> str:
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
