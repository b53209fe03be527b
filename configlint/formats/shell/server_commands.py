"""The commands of servers for Python applications, by name. What each makes of its words is in `programs`.

A text in which none of them occurs starts no such server, so that most files need not be read for one.
"""

APPLICATION_SERVERS = ("gunicorn", "uvicorn", "hypercorn", "daphne", "granian", "waitress-serve")
"""Those that are started with the name of an application: a module, and what it is called there."""

SERVER_COMMANDS = (*APPLICATION_SERVERS, "fastapi", "flask", "streamlit")
