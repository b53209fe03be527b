"""Python: what programs and services read, load, call, serve and start.

What reads the code is imported where a question is asked: of most services no code is read.
"""

from typing import TYPE_CHECKING

from configlint.code.environments import Environment
from configlint.code.language import Call, EnvFile, EnvironmentReads, Language, Routes, ServerRun
from configlint.model.document import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from configlint.code.python.reads import ModuleEnvironment
    from configlint.formats.python.document import PythonDocument


def _environment(module: "PythonDocument", program: "Mapping[str, PythonDocument]") -> "ModuleEnvironment | None":
    from configlint.code.python.reads import environment_reads

    # Asking first whether it can be parsed would parse every module, and few have to do with the environment.
    try:
        return environment_reads(module, program)
    except UnreadableError:
        return None


class _Python(Language["PythonDocument"]):
    def reads(self, module: "PythonDocument", program: "Mapping[str, PythonDocument]") -> EnvironmentReads:
        environment = _environment(module, program)
        if environment is None:
            return EnvironmentReads()
        return EnvironmentReads(variables=environment.reads, dynamic=environment.dynamic, assigned=environment.assigned)

    def loads(self, program: "Mapping[str, PythonDocument]") -> tuple[EnvFile, ...]:
        environments = (_environment(module, program) for module in program.values())
        return tuple(file for environment in environments if environment is not None for file in environment.files)

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
