"""Functions and classes that take an application and are known to add no paths to it."""

import ast

from configlint.code.python.inlining import built
from configlint.code.python.objects import dotted
from configlint.code.python.scope import Scope


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NAMES = _set(
    "run run_app serve run_simple Server Config AppRunner TestClient TestServer AsyncClient ASGITransport WSGITransport"
    " LifespanManager Mangum WsgiToAsgi ProxyFix CORS Compress Talisman Limiter SQLAlchemy Migrate LoginManager Bcrypt"
    " Marshmallow Mail CSRFProtect Session Cache JWTManager Babel Moment MongoEngine PyMongo FlaskRedis Redis Principal"
    " HTTPBasicAuth Celery add_pagination instrument_app FlaskInstrumentor FastAPIInstrumentor Depends create_task"
)
"""By the last part of their names, which are told apart well enough by it."""
_PATHS = ("builtins.", "logging.", "asyncio.", "functools.", "aiohttp_cors.", "aiohttp_jinja2.", "aiohttp_session.")


def adds_no_paths(function: ast.expr, scope: Scope) -> bool:
    """Whether a function, or a method of an object that an extension's class made, adds no paths to its argument."""
    path = dotted(function, scope)
    name = path.rpartition(".")[2] or getattr(function, "attr", "")
    if path.startswith(_PATHS) or name in _NAMES or name.endswith("Middleware"):
        return True
    if name != "init_app" or not isinstance(function, ast.Attribute):
        return False
    call, inner = built(function.value, scope)
    return call is not None and dotted(call.func, inner).rpartition(".")[2] in _NAMES
