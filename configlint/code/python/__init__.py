"""Python: what programs and services read, load, call, serve and start.

What reads the code is imported where a question is asked: of most services no code is read.
"""

from typing import TYPE_CHECKING

from configlint.code.environments import Environment
from configlint.code.language import Call, EnvFile, EnvironmentReads, Language, Routes, ServerRun

if TYPE_CHECKING:
    from collections.abc import Mapping

    from configlint.formats.python.document import PythonDocument


class _Python(Language["PythonDocument"]):
    def reads(self, program: "Mapping[str, PythonDocument]") -> EnvironmentReads:
        from configlint.code.python.reads import environments

        answers = environments(program)
        return EnvironmentReads(
            variables=tuple(read for answer in answers for read in answer.reads),
            dynamic=any(answer.dynamic for answer in answers),
        )

    def loads(self, program: "Mapping[str, PythonDocument]") -> tuple[EnvFile, ...]:
        from configlint.code.python.reads import environments

        return tuple(file for answer in environments(program) for file in answer.files)

    def may_call(self, module: "PythonDocument") -> bool:
        from configlint.formats.python.document import CALLERS

        return any(word in module.content for word in CALLERS) and module.problem is None

    def calls(
        self, module: "PythonDocument", environment: Environment, program: "Mapping[str, PythonDocument]"
    ) -> tuple[Call, ...]:
        if not self.may_call(module):
            return ()
        from configlint.code.python.clients import calls

        return calls(module, environment, program)

    def starts(
        self, module: "PythonDocument", environment: Environment, program: "Mapping[str, PythonDocument]"
    ) -> tuple[ServerRun, ...]:
        if module.problem is not None:
            return ()
        from configlint.code.python.servers import server_runs

        return server_runs(module, environment, program)

    def serves(
        self, program: "Mapping[str, PythonDocument]", entry: str, application: str, environment: Environment
    ) -> Routes:
        from configlint.code.python.routes import routes

        return routes(program, entry, application, environment)


PYTHON = _Python()
