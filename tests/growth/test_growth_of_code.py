"""Four times as much code costs four times as many function calls, and no more."""

from collections.abc import Callable

import pytest
from counting import Files, grows_in_proportion

DOCKERFILE = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n"


def service(name: str, build: str, command: str, port: int) -> str:
    return (
        f"  {name}:\n    build: {build}\n    command: {command}\n    ports: ['{port}:8000']\n"
        f"    environment:\n      API_URL: http://{name}:8000\n      TOKEN: x\n"
    )


def one_package_with_many_services(count: int) -> Files:
    """Each service is built of the whole package, as many of them as it has modules; one of these reads variables."""
    files = {"app/__init__.py": "", "Dockerfile": DOCKERFILE}
    for number in range(count):
        files[f"app/m{number}.py"] = (
            f"from app import m{(number + 1) % count}\nfrom main import URL\n\n\nclass Worker:\n"
            "    def run(self, name):\n        return URL + name\n\n\ndef main():\n    return Worker().run('x')\n"
        )
    files["main.py"] = "import os\nfrom app import m0\n\nURL = os.environ['API_URL']\n"
    services = "".join(service(f"s{number}", ".", "python main.py", 9000 + number) for number in range(count))
    return files | {"docker-compose.yml": f"services:\n{services}"}


def small_packages(count: int) -> Files:
    """Each service has a package of its own."""
    files: Files = {}
    services = ""
    for number in range(count):
        at = f"svc{number}"
        files |= {
            f"{at}/Dockerfile": DOCKERFILE,
            f"{at}/main.py": "from fastapi import FastAPI\nfrom config import KEY\n\napp = FastAPI()\n\n\n"
            "@app.get('/items')\ndef items():\n    return KEY\n",
            f"{at}/config.py": "import os\n\nKEY = os.environ['TOKEN']\n",
            f"{at}/client.py": "import requests\nfrom config import KEY\n\n\ndef fetch(path):\n"
            f"    return requests.get('http://svc{number}:8000/' + path)\n\n\nfetch('items')\n",
        }
        services += service(at, f"./{at}", "uvicorn main:app --port 8000", 9000 + number)
    return files | {"docker-compose.yml": f"services:\n{services}"}


def deep_imports(count: int) -> Files:
    """A chain of modules, each of which hands on what the one below it reads with."""
    files = {"Dockerfile": DOCKERFILE, "m0.py": "import os\n\n\ndef read0(name):\n    return os.environ[name]\n"}
    for number in range(1, count):
        below = number - 1
        files[f"m{number}.py"] = (
            f"from m{below} import read{below}\n\n\ndef read{number}(name):\n    return read{below}(name)\n\n\n"
            f"value = read{number}('V{number}')\n"
        )
    files["main.py"] = f"from m{count - 1} import value\n"
    return files | {"docker-compose.yml": "services:\n" + service("api", ".", "python main.py", 9000)}


def cyclic_imports(count: int) -> Files:
    """Every module imports the next one, the last the first."""
    files = {"Dockerfile": DOCKERFILE}
    for number in range(count):
        after = (number + 1) % count
        files[f"m{number}.py"] = (
            f"import os\nimport m{after}\n\nenv{number} = os.environ\n\n\ndef f{number}(key):\n"
            f"    return m{after}.env{after}[key]\n\n\nf{number}('A{number}')\n"
        )
    return files | {"docker-compose.yml": "services:\n" + service("api", ".", "python m0.py", 9000)}


def calls(count: int) -> Files:
    """A service that calls another one in many places, through a function of its own."""
    lines = "".join(f"fetch('r{number}')\n" for number in range(count))
    return _called("@app.get('/{name}')\ndef one(name: str):\n    return 1\n", lines)


def routes(count: int) -> Files:
    """A service that serves many routes, of which one is called."""
    lines = "".join(f"\n\n@app.get('/r{number}')\ndef r{number}():\n    return 1\n" for number in range(count))
    return _called(lines, "fetch('r1')\n")


def _called(routes: str, calls: str) -> Files:
    fetch = "import requests\n\n\ndef fetch(path):\n    return requests.get('http://api:8000/' + path)\n\n\n"
    return {
        "api/Dockerfile": DOCKERFILE,
        "api/main.py": f"from fastapi import FastAPI\n\napp = FastAPI()\n\n\n{routes}",
        "worker/Dockerfile": DOCKERFILE,
        "worker/main.py": fetch + calls,
        "docker-compose.yml": "services:\n"
        + service("api", "./api", "uvicorn main:app --port 8000", 9000)
        + service("worker", "./worker", "python main.py", 9001),
    }


def large_start_script(count: int) -> Files:
    """A script that sets many variables before it starts the server."""
    lines = "".join(f"export V{number}=v{number}\necho started\n" for number in range(count))
    return {
        "api/Dockerfile": DOCKERFILE + 'CMD ["./start.sh"]\n',
        "api/start.sh": f"#!/bin/sh\n{lines}exec python main.py\n",
        "api/main.py": "import os\nport = os.environ['API_URL']\n",
        "docker-compose.yml": "services:\n  api:\n    build: ./api\n",
    }


def dart_classes(count: int) -> Files:
    """Classes that every file imports, with switches and conditions over their constants."""
    files = {"app/pubspec.yaml": "name: app\ndependencies:\n  flutter: {sdk: flutter}\n"}
    for number in range(count):
        after = (number + 1) % count
        files[f"app/lib/c{number}.dart"] = (
            f"import 'c{after}.dart';\n\nclass C{number} {{\n  static const host = 'http://api{number}.example.com';\n"
            f"  static String url(bool other) => other ? host : C{after}.host;\n"
            f"  static String of(int which) {{\n    switch (which) {{\n      case 1:\n        return host;\n"
            f"      default:\n        return C{after}.host;\n    }}\n  }}\n}}\n"
        )
    return files


SHAPES: dict[str, tuple[Callable[[int], Files], int]] = {
    "one package with many services": (one_package_with_many_services, 24),
    "small packages": (small_packages, 12),
    "deep imports": (deep_imports, 24),
    "cyclic imports": (cyclic_imports, 24),
    "calls": (calls, 24),
    "routes": (routes, 24),
    "a large start script": (large_start_script, 100),
    "Dart classes": (dart_classes, 24),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_as_much_costs_four_times_as_many_calls(shape: str) -> None:
    grows_in_proportion(*SHAPES[shape])
