"""Dart: the code of Flutter apps.

An app has no environment of a process, and serves nothing. Which addresses and secrets it holds is a question about a
whole app and its builds, and no other language has it: see `app_values`.
"""

from typing import TYPE_CHECKING

from configlint.code.language import EnvFile, Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from configlint.formats.dart import DartDocument


class _Dart(Language["DartDocument"]):
    def loads(self, program: "Mapping[str, DartDocument]") -> tuple[EnvFile, ...]:
        # Imported here: most repositories have no app.
        from configlint.code.dart.env_files import loads

        return tuple(loads(program.values()))


DART = _Dart()
