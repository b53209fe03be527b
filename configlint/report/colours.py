"""Colours of a terminal."""

from collections.abc import Mapping

from configlint.model.record import record

_SEVERITY: Mapping[str, str] = {"error": "1;31", "warning": "1;33", "info": "1;36", "unverifiable": "1;35"}


@record
class Pen:
    """Paints text, or leaves it as it is."""

    color: bool

    def severity(self, word: str, text: str) -> str:
        return self._paint(_SEVERITY[word], text)

    def bold(self, text: str) -> str:
        return self._paint("1", text)

    def dim(self, text: str) -> str:
        return self._paint("2", text)

    def related(self, text: str) -> str:
        return self._paint("36", text)

    def added(self, text: str) -> str:
        return self._paint("32", text)

    def removed(self, text: str) -> str:
        return self._paint("31", text)

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text
