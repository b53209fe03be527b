"""The names by which code and scripts are searched for servers are those of the table of programs."""

from configlint.formats.shell.server_commands import APPLICATION_SERVERS, SERVER_COMMANDS
from configlint.programs import daphne, flask, granian, gunicorn, hypercorn, streamlit, uvicorn, waitress
from configlint.programs.table import by_command

MODULES = (gunicorn, uvicorn, hypercorn, daphne, granian, waitress, flask, streamlit)


def test_every_command_of_a_python_server_is_searched_for() -> None:
    assert {name for module in MODULES for one in module.PROGRAMS for name in one.commands} == set(SERVER_COMMANDS)
    assert set(APPLICATION_SERVERS) < set(SERVER_COMMANDS)
    assert all(by_command(name) is not None for name in SERVER_COMMANDS)
