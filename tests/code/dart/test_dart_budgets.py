"""Where names lead to names without end, the address is not followed, and that is said."""

import pytest
from trees import built_in, found, run

PUBSPEC = "name: app\ndependencies: {flutter: {sdk: flutter}}\n"
HEAD = "import 'package:http/http.dart' as http;\n"


@pytest.mark.parametrize(
    ("first", "link"),
    [
        ("const c0 = 'localhost';\n", "const c{here} = c{before};\n"),
        ("const c0 = 'localhost';\n", "const c{here} = '${{c{before}}}';\n"),
        ("String get c0 => 'localhost';\n", "String get c{here} => c{before};\n"),
    ],
)
@pytest.mark.parametrize(("count", "verdict"), [(5, "error"), (100, "unverifiable"), (900, "unverifiable")])
def test_a_chain_is_followed_or_said(first: str, link: str, count: int, verdict: str) -> None:
    links = "".join(link.format(here=number, before=number - 1) for number in range(1, count + 1))
    call = f"void main() {{ http.get(Uri.parse('http://$c{count}:8000/a')); }}\n"
    result = run({"pubspec.yaml": PUBSPEC, "lib/main.dart": HEAD + first + links + call}, *built_in("mobile-localhost"))
    assert [(rule, said) for rule, said, _ in found(result)] == [("mobile-localhost", verdict)]
