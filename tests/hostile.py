"""Repositories that somebody made to harm whoever reads them: by file, what stands in it."""

from collections.abc import Callable, Mapping

MB3 = 3_000_000
"""Characters of a line that is longer than any file that is read."""

MB2 = 2_000_000
"""Characters of a line that fits into such a file."""

Files = Mapping[str, str | bytes]

OUTSIDE = "../" * 40 + "etc/passwd"
"""A file that every system has, and that no repository may speak of."""


def bomb(levels: int, width: int) -> str:
    """Aliases of aliases: `width ** levels` values when expanded."""
    lines = [f"x-0: &a0 [{', '.join(['x'] * width)}]"]
    lines += [f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


def merges(levels: int) -> str:
    """Merge keys that merge merges."""
    lines = ["x-0: &m0 {k0: v}"]
    lines += [f"x-{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}], k{n}: v}}" for n in range(1, levels)]
    return "\n".join(lines) + f"\nservices: {{a: {{image: x, environment: {{<<: *m{levels - 1}}}}}}}\n"


def many(count: int, line: Callable[[int], str]) -> str:
    return "".join(map(line, range(count)))


COMPOSE = "docker-compose.yml"
APP = {"pubspec.yaml": "name: app\ndependencies: {flutter: {sdk: flutter}}\n"}

BOMBS: dict[str, Files] = {
    "aliases": {COMPOSE: bomb(30, 10) + "services: {a: {image: x, environment: *a29}}\n"},
    "aliases within the limits": {COMPOSE: bomb(4, 10) + "services: {a: {image: x, command: *a3, labels: *a3}}\n"},
    "merges": {COMPOSE: merges(30)},
    "flow nesting": {COMPOSE: "services: " + "[" * 200_000},
    "closed flow nesting": {COMPOSE: "services: " + "[" * 50_000 + "]" * 50_000},
    "flow maps": {"livekit.yaml": "keys: " + "{a: " * 50_000},
    "block nesting": {COMPOSE: many(1_500, lambda n: " " * n + "a:\n")},
    "a sequence in a sequence": {COMPOSE: "services:\n  " + "- " * 100_000 + "x\n"},
    "question marks": {COMPOSE: "? " * 100_000 + "x\n"},
    "anchors": {COMPOSE: many(60_000, lambda n: f"x-{n}: &a{n} 1\n")},
    "a scalar that holds itself": {COMPOSE: "services: &a {a: *a}\n"},
    "a sequence that holds itself": {COMPOSE: "services: {a: {image: x, ports: &p [*p], environment: &e [*e]}}\n"},
    "a merge of itself": {COMPOSE: "services: &a {<<: *a, b: {image: x}}\n"},
    "documents": {COMPOSE: "---\n" * 200_000},
    "tags": {COMPOSE: "services: !!python/object/apply:os.system ['touch pwned']\n"},
    "JSON nesting": {"app/.env": "A=1\n", "appsettings.json": "[" * 300_000, **APP},
    "closed JSON nesting": {"livekit.json": '{"a":' * 100_000 + "1" + "}" * 100_000},
    "a long number in JSON": {"config.json": '{"port": ' + "9" * MB2 + "}"},
    "a long number in YAML": {COMPOSE: "services: {a: {image: x, ports: [" + "9" * 5000 + ":1]}}\n"},
    "a billion ports": {COMPOSE: "services: {a: {image: x, ports: ['1-999999999:1-999999999', '1-65535:1-65535']}}\n"},
    "many port ranges": {COMPOSE: many(300, lambda n: f"x{n}: 1\n") + "services:\n" + many(
        300, lambda n: f"  s{n}: {{image: x, ports: ['{1000 + n}-60000:1-{59001 - n}']}}\n")},
    "interpolation nesting": {COMPOSE: "services: {a: {image: '" + "${A:-" * 20_000 + "}" * 20_000 + "'}}\n"},
    "variables that double": {
        COMPOSE: "services: {a: {image: x, environment: ['V=${V40}']}}\n",
        ".env": "V0=xxxxxxxxxx\n" + many(40, lambda n: f"V{n + 1}=${{V{n}}}${{V{n}}}\n"),
    },
    "variables that double in quotes": {
        COMPOSE: "services: {a: {image: x, env_file: a.env}}\n",
        "a.env": 'V0="xxxxxxxxxx"\n' + many(60, lambda n: f'V{n + 1}="${{V{n}}}${{V{n}}}${{V{n}}}"\n'),
    },
    "arguments that double": {
        "Dockerfile": "FROM x\nARG V0=xxxxxxxxxx\n" + many(60, lambda n: f"ARG V{n + 1}=${{V{n}}}${{V{n}}}\n"),
        COMPOSE: "services: {a: {build: .}}\n",
    },
    "stages": {COMPOSE: "services: {a: {build: .}}\n", "Dockerfile": many(
        20_000, lambda n: f"FROM s{n} AS s{n + 1}\n")},
    "services that extend in a row": {COMPOSE: "services:\n  s0: {image: x}\n" + many(
        3_000, lambda n: f"  s{n + 1}: {{extends: s{n}}}\n")},
    "includes that fan out": {f"c{n}.yml": f"include: [{', '.join([f'c{n + 1}.yml'] * 10)}]\n" for n in range(12)} | {
        COMPOSE: "include: [c0.yml, c0.yml]\n", "c12.yml": "services: {a: {image: x}}\n"},
    "env files that fan out": {COMPOSE: "services:\n" + many(
        400, lambda n: f"  s{n}: {{image: x, env_file: [{', '.join(['a.env'] * 60)}]}}\n"), "a.env": many(
        60, lambda n: f"V{n}=${{V{n}}}\n")},
    "Python nesting": {"gunicorn.conf.py": "workers = " + "(" * 100_000},
    "closed Python nesting": {"gunicorn.conf.py": "workers = " + "(" * 5_000 + "1" + ")" * 5_000 + "\n"},
    "Python lists": {"gunicorn.conf.py": "workers = " + "[" * 50_000 + "]" * 50_000 + "\n"},
    "Python blocks": {"gunicorn.conf.py": many(3_000, lambda n: " " * n + "if x:\n") + " " * 3_000 + "pass\n"},
    "Python signs": {"gunicorn.conf.py": "workers = " + "-" * 100_000 + "1\n"},
    "Python sums": {"gunicorn.conf.py": "workers = " + "+".join(["1"] * 100_000) + "\n"},
    "Python attributes": {"gunicorn.conf.py": "workers = a" + ".b" * 100_000 + "\n"},
    "Python calls": {"gunicorn.conf.py": "workers = " + "f(" * 5_000 + ")" * 5_000 + "\n"},
    "Python lambdas": {"gunicorn.conf.py": "workers = " + "lambda: " * 10_000 + "1\n"},
    "Python f-strings": {"gunicorn.conf.py": "bind = " + "f'{" * 2_000 + "\n"},
    "a power": {"gunicorn.conf.py": "workers = 9**9**9\n"},
    "a power of a power": {"gunicorn.conf.py": "a = 9**9\nb = a**a\nworkers = b**b\n"},
    "a shift": {"gunicorn.conf.py": "workers = 1 << 10**10\nthreads = 1 << (1 << 40)\n"},
    "a string that is multiplied": {"gunicorn.conf.py": "bind = 'x' * 10**10\nraw_env = ['A=b'] * 10**9\n"},
    "a string that doubles": {"gunicorn.conf.py": "bind = 'xxxxxxxxxx'\n" + "bind = bind + bind\n" * 60},
    "a string that doubles in an f-string": {"gunicorn.conf.py": "bind = 'x' * 9\n" + "bind = f'{bind}{bind}'\n" * 60},
    "a string that doubles by joining": {"gunicorn.conf.py": "b = 'xxxx'\n" + "b = b.join([b, b, b])\n" * 40
        + "bind = b\n"},
    "a string that is padded": {"gunicorn.conf.py": "bind = 'x'.ljust(10**10) + '%099999999999d' % 1\n"
        "pidfile = f'{1:>99999999999}'\nchdir = '{:>99999999999}'.format(1)\n"},
    "a string that is replaced": {"gunicorn.conf.py": "b = 'xxxx'\n" + "b = b.replace('x', 'xxxxxxxxxxxxxxxx')\n" * 20
        + "bind = b\n"},
    "a range": {"gunicorn.conf.py": "workers = len(list(range(10**12)))\nx = sum(range(10**10))\n"},
    "a comprehension": {"gunicorn.conf.py": "workers = [a for a in range(10**9) for b in range(10**9)]\n"},
    "a long number in Python": {"gunicorn.conf.py": "workers = " + "9" * 100_000 + "\n"},
    "a long hex number in Python": {"gunicorn.conf.py": "workers = 0x" + "f" * 1_000_000 + "\nbind = str(workers)\n"},
    "functions that call each other": {"gunicorn.conf.py": many(
        40, lambda n: f"def f{n}(): return f{n + 1}() + f{n + 1}()\n") + "def f40(): return 1\nworkers = f0()\n"},
    "modules that import each other": {
        "gunicorn.conf.py": "from a import *\nworkers = w\n", "a.py": "from b import *\n", "b.py": "from a import *\n"},
    "an environment of defaults": {"gunicorn.conf.py": "import os\nworkers = " + "os.getenv('A', " * 2_000 + "1"
        + ")" * 2_000 + "\n"},
    "Dart nesting": {"lib/a.dart": "const url = " + "(" * 200_000 + "'http://localhost'", **APP},
    "closed Dart nesting": {"lib/a.dart": "const url = " + "(" * 50_000 + "'http://localhost'" + ")" * 50_000
        + ";\n", **APP},
    "Dart interpolation": {"lib/a.dart": "const url = " + "'http://localhost${" * 20_000, **APP},
    "closed Dart interpolation": {"lib/a.dart": "const url = " + "'http://localhost${" * 3_000 + "x" + "}'" * 3_000
        + ";\n", **APP},
    "Dart comments": {"lib/a.dart": "/*" * 200_000 + "'http://localhost'", **APP},
    "Dart blocks": {"lib/a.dart": "void f() " + "{ if (x) " * 30_000 + "g('http://localhost');" + "}" * 30_000, **APP},
    "Dart conditions": {"lib/a.dart": "const url = " + "a ? 'http://localhost' : " * 5_000 + "'x';\n", **APP},
    "Dart sums": {"lib/a.dart": "const url = " + " + ".join(["'http://localhost'"] * 20_000) + ";\n", **APP},
    "Dart constants that double": {"lib/a.dart": "const a0 = 'http://localhost/';\n" + many(
        60, lambda n: f"const a{n + 1} = '$a{n}$a{n}';\n"), **APP},
    "Dart getters that call each other": {"lib/a.dart": many(
        60, lambda n: f"String get a{n} => x ? '$a{n + 1}/$a{n + 1}' : a{n + 1};\n")
        + "String get a60 => 'http://localhost:1';\n", **APP},
    "Dart getters in a ring": {"lib/a.dart": "String get a => b;\nString get b => 'http://localhost$a';\n", **APP},
    "Dart calls": {"lib/a.dart": "final url = f" + "('http://localhost').g" * 20_000 + ";\n", **APP},
    "Dart cascades": {"lib/a.dart": "final url = Uri.parse('http://localhost')" + "..a()" * 50_000 + ";\n", **APP},
    "Dart generics": {"lib/a.dart": "final " + "A<" * 100_000 + " url = 'http://localhost';\n", **APP},
    "shell nesting": {COMPOSE: "services: {a: {image: x, command: \"sh -c '" + "$(" * 20_000 + "gunicorn a:b'\"}}\n"},
    "shell quotes": {COMPOSE: "services: {a: {image: x, command: \"" + "sh -c \\\"" * 5_000 + "\"}}\n"},
    "a start script": {"Dockerfile": "FROM x\nCOPY start.sh /\nCMD [\"/start.sh\"]\n", COMPOSE:
        "services: {a: {build: .}}\n", "start.sh": "if x; then\n" * 20_000 + "gunicorn --workers 1 a:b\n"},
    "a start script that calls itself": {"Dockerfile": "FROM x\nCOPY start.sh /\nCMD [\"/start.sh\"]\n", COMPOSE:
        "services: {a: {build: .}}\n", "start.sh": "exec /start.sh\n"},
    "heredocs": {"Dockerfile": "FROM x\n" + "RUN <<A <<B\n" * 20_000, COMPOSE: "services: {a: {build: .}}\n"},
    "continued lines": {"Dockerfile": "FROM x\nENV A=1 \\\n" + "# x\n\\\n" * 200_000},
    "ignore patterns of docker": {".dockerignore": ("**/" * 100 + "a*" * 200 + "b\n") * 50, COMPOSE:
        "services: {a: {build: .}}\n", "Dockerfile": "FROM x\nCOPY . .\n", "a" * 200: "x"},
    "exclusions": {".configlint.yaml": "exclude: ['" + "**/*a*/" * 200 + "b']\n", "a/" * 60 + ".env": "A=1\n"},
    "stars": {".configlint.yaml": "exclude: ['" + "a*" * 200 + "b']\n", "a" * 200 + ".env": "A=1\n"},
    "a suppression of everything": {".env": "# configlint: ignore[" + "a," * 300_000 + "]\nA=1\n"},
    "suppressions": {".env": "# configlint: ignore[port-conflict]\nA=1\n" * 7_000},
    "a command of long variables": {COMPOSE: "services: {a: {build: .}}\n", "Dockerfile": "FROM x\nENV A="
        + "x" * 15_000 + "\nCMD gunicorn " + "$A " * 60_000 + "\n"},
    "images that refer back": {COMPOSE: "services: {a: {build: .}}\n", "Dockerfile": "FROM x\nENV V0=1\n" + many(
        9_000, lambda n: f"ENV V{n + 1}=$V{n}\n")},
    "a template of long variables": {COMPOSE: "services: {a: {image: x, environment: {U: '" + "${A}" * 9_000 + "'}}}\n",
        ".env": "A=" + "x" * 100_000 + "\n"},
    "variables that double for every reader": {
        COMPOSE: "services: {a: {build: ., env_file: .env}}\n",
        ".env": 'V0="xxxxxxxxxx"\n' + many(200, lambda n: f'V{n + 1}="${{V{n}}}${{V{n}}}"\n'),
        "Dockerfile": "FROM x\nCOPY . .\nCMD python main.py\n",
        "main.py": "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.getenv('V9')\n",
        "requirements.txt": "python-dotenv\n",
        "pubspec.yaml": "name: a\ndependencies: {flutter: {sdk: flutter}, flutter_dotenv: any}\n"
        "flutter: {assets: [.env]}\n",
        "lib/main.dart": "void main() { dotenv.load(); final a = dotenv.env['V9']; }\n"},
    "Dart functions that call each other": {"lib/a.dart": many(
        60, lambda n: f"String a{n}(String x) => y ? a{n + 1}(x + '/') + a{n + 1}(x) : a{n + 1}(x);\n")
        + "String a60(String x) => 'http://localhost:1$x';\nfinal url = a0('');\n", **APP},
    "many questions in Python": {"Dockerfile": "FROM x\nCOPY . .\nCMD python main.py\n", COMPOSE:
        "services: {a: {build: .}}\n", "main.py": "import os\n" + many(
        40, lambda n: f"def f{n}(): return f{n + 1}() + f{n + 1}()\n") + "def f40(): return 'A'\n" + many(
        3_000, lambda n: "os.getenv(f0())\n")},
    "many services": {COMPOSE: "services:\n" + many(
        500, lambda n: f"  s{n}: {{image: x, ports: ['{n}:80'], environment: {{U_URL: 'http://s{n + 1}:80'}}}}\n")},
    "many variables": {COMPOSE: "services: {a: {image: x, env_file: .env}}\n", ".env": many(
        15_000, lambda n: f"V{n}=http://h{n}:1\n")},
    "many ports of one service": {COMPOSE: "services: {a: {image: x, ports: [" + many(
        300, lambda n: f"'{n}:{n}',") + "]}}\n"},
    "many constants in Dart": {"lib/a.dart": many(2_000, lambda n: f"const a{n} = 'http://localhost:{n}';\n"), **APP},
    "a URL of many parts": {COMPOSE: "services: {a: {image: x, environment: {U_URL: 'http://" + "a@" * 50_000
        + ":" * 50_000 + "'}}}\n"},
    "a list of addresses": {COMPOSE: "services: {a: {image: x, environment: {U_URL: '" + "http://localhost:1," * 50_000
        + "'}}}\n"},
    "duplicate keys": {COMPOSE: "services:\n" + "  a: {image: x}\n" * 20_000},
    "duplicate variables": {".env": many(60_000, lambda n: f"A={n}\n")},
    "routes": {"main.py": "from fastapi import FastAPI\napp = FastAPI()\n" + many(
        3_000, lambda n: f"@app.get('/{{a}}/{{b{n}}}')\ndef f{n}(): pass\n"), "requirements.txt": "fastapi\n"},
}  # fmt: skip
"""What is small, and grows when somebody follows it."""


def long_lines(size: int) -> dict[str, Files]:
    """About `size` characters, most of them in one line, in every format."""
    x = "x" * (size - 100)
    return {
        "YAML": {COMPOSE: f"services: {{a: {{image: {x}}}}}\n"},
        "YAML in quotes": {COMPOSE: f'services: {{a: {{image: "{x}"}}}}\n'},
        "YAML without sense": {COMPOSE: x},
        "a YAML comment": {COMPOSE: f"services: {{}} # configlint: ignore[{x}]\n"},
        "YAML words": {"livekit.yaml": "a: " + "b " * (size // 2)},
        "YAML dollars": {COMPOSE: "services: {a: {image: '" + "$" * (size - 100) + "'}}\n"},
        "dotenv": {".env": f"A={x}\n"},
        "dotenv in quotes": {".env": f'A="{x}"\n'},
        "dotenv blanks": {".env": "A=" + " " * size + "\n"},
        "dotenv quotes": {".env": "A=" + "'" * size + "\n"},
        "dotenv backslashes": {".env": 'A="' + "\\" * size + "\n"},
        "dotenv dollars": {".env": "A=" + "${A" * (size // 3) + "\n"},
        "a dotenv name": {".env": f"{x}=1\n"},
        "a dotenv secret": {".env": f"API_SECRET={x}\n", ".env.example": "API_SECRET=\nB=\n"},
        "dotenv lines": {".env": "A\n" * (size // 2)},
        "Dockerfile": {"Dockerfile": f"FROM x\nENV A={x}\n"},
        "Dockerfile words": {"Dockerfile": "FROM x\nENV " + "A=b " * (size // 4) + "\n"},
        "Dockerfile exec": {"Dockerfile": 'FROM x\nCMD ["' + '", "' * (size // 4) + '"]\n', COMPOSE:
            "services: {a: {build: .}}\n"},
        "Dockerfile shell": {"Dockerfile": "FROM x\nCMD gunicorn " + "-w 1 " * (size // 5) + "\n", COMPOSE:
            "services: {a: {build: .}}\n"},
        "Dart": {"lib/a.dart": f"const url = 'http://localhost/{x}';\n", **APP},
        "Dart strings": {"lib/a.dart": "const a = [" + "'http://localhost'," * (size // 19) + "];\n", **APP},
        "Dart names": {"lib/a.dart": f"final {x} = 'http://localhost';\n", **APP},
        "Dart without sense": {"lib/a.dart": "http://localhost" + "=>;" * (size // 3), **APP},
        "Python": {"gunicorn.conf.py": f"workers = 1\nbind = '{x}'\n"},
        "Python words": {"gunicorn.conf.py": "workers = 1\nx = [" + "1," * (size // 2) + "]\n"},
        "Python names": {"gunicorn.conf.py": f"{x} = 1\n"},
        "Python without sense": {"gunicorn.conf.py": "workers = =" + "(;" * (size // 2)},
        "an app": {"main.py": "import os\nA = [" + "os.getenv('A')," * (size // 15) + "]\n", COMPOSE:
            "services: {a: {build: .}}\n", "Dockerfile": "FROM x\nCOPY . .\nCMD python main.py\n"},
        "JSON": {"livekit.json": '{"a": "' + x + '"}'},
        "JSON escapes": {"config.json": '{"a": "' + "\\u0041" * (size // 6) + '"}'},
        "JSON lists": {"config.json": "[" + "1," * (size // 2) + "1]"},
        "a configuration": {".configlint.yaml": f"exclude: [{x}]\n", ".env": "A=1\n"},
        "a configuration without sense": {".configlint.yaml": f"{x}: 1\n", ".env": "A=1\n"},
        "a configuration in TOML": {"pyproject.toml": f"[tool.configlint]\nexclude = ['{x}']\n"},
        "a configuration in TOML without sense": {"pyproject.toml": f"[tool.configlint]\n{x}"},
        "TOML brackets": {"pyproject.toml": "[tool.configlint]\nexclude = " + "[" * 300_000},
        "TOML dots": {"pyproject.toml": "[tool.configlint]\n" + "a." * 20_000 + "a = 1\n"},
        "a rule file": {".configlint.yaml": "rule-files: [r.yaml]\n", "r.yaml": f"id: {x}\n"},
        "an ignore file": {".gitignore": "*" * size, ".env": "A=1\n"},
        "a start script": {"Dockerfile": "FROM x\nCOPY s.sh /\nCMD /s.sh\n", COMPOSE: "services: {a: {build: .}}\n",
            "s.sh": "gunicorn -w 1 " + x + "\n"},
        "a requirement": {"requirements.txt": x, "main.py": "import fastapi\n"},
        "a baseline": {".configlint-baseline": x, ".env": "A=1\n"},
    }  # fmt: skip


LONG = {f"{name}, {size}": files for size in (MB2, MB3) for name, files in long_lines(size).items()}
"""Two and three million characters, most of them in one line, in every format."""

PLAIN: Files = {
    ".env": "A=1\n",
    "a.env": "A=1\n",
    "docker-compose.yml": "services: {a: {build: ., env_file: a.env}}\n",
    "livekit.yaml": "keys: {devkey: made-up-made-up-made-up-made-up}\n",
    "Dockerfile": "FROM x\n",
    "lib/a.dart": "const url = 'http://localhost:1';\n",
    "pubspec.yaml": APP["pubspec.yaml"],
    "gunicorn.conf.py": "workers = 1\n",
    "main.py": "import os\n",
    "config.json": '{"a": 1}\n',
}
"""A file of every format."""

OWN: Files = {
    ".configlint.yaml": "rule-files: [own.yaml]\n",
    "own.yaml": "id: own\ntitle: t\nwhy: w\nseverity: error\nkind: equals\n"
    "from: [{file: .env, key: A}, {file: config.json, key: a}]\n",
}
"""A rule of one's own, for JSON is read where one names it."""

BROKEN_BYTES = {
    "NUL": b"\0",
    "NUL inside": b"A=1\n\0\n",
    "no UTF-8": b"\xff\xfe\xfd",
    "half a character": b"A=\xe2\x82",
    "a surrogate": b"A=\xed\xa0\x80\n",
    "an overlong slash": b"A=..\xc0\xaf\n",
    "UTF-16": "A=1\n".encode("utf-16"),
    "a megabyte of NUL": b"\0" * 1_000_000,
}

CYCLES: dict[str, Files] = {
    "include itself": {COMPOSE: f"include: [{COMPOSE}]\nservices: {{a: {{image: x}}}}\n"},
    "include each other": {
        COMPOSE: "include: [b.yml]\nservices: {a: {image: x}}\n",
        "b.yml": f"include: [{COMPOSE}]\n",
    },
    "extend itself": {COMPOSE: "services: {a: {extends: a}}\n"},
    "extend each other": {COMPOSE: "services: {a: {extends: b}, b: {extends: c}, c: {extends: a}}\n"},
    "extend over files": {
        COMPOSE: "services: {a: {extends: {file: b.yml, service: a}}}\n",
        "b.yml": f"services: {{a: {{extends: {{file: {COMPOSE}, service: a}}}}}}\n",
    },
    "variables": {
        COMPOSE: "services: {a: {image: x, environment: ['A=${A}'], env_file: a.env}}\n",
        ".env": "A=${B}\nB=${C}\nC=${A}\n",
        "a.env": "D=${E}\nE=${D}\nF=${F}${F}\n",
    },
    "stages": {"Dockerfile": "FROM b AS a\nFROM a AS b\nFROM b AS b\n", COMPOSE: "services: {a: {build: .}}\n"},
    "depends_on": {COMPOSE: "services: {a: {image: x, depends_on: [a], network_mode: 'service:a', links: [a]}}\n"},
    "network_mode": {
        COMPOSE: "services: {a: {image: x, network_mode: 'service:b'}, b: {image: x, network_mode: 'service:a'}}\n"
    },
    "rule files": {".configlint.yaml": "rule-files: [.configlint.yaml]\n"},
}
