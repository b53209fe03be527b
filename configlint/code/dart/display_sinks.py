"""Calls and names that take a text to show, to log or to compare it: no address that stands there is called."""

from configlint.formats.dart.syntax import Call, Expression, Index, Member, Name
from configlint.formats.secrecy import words

COMPARISONS = frozenset(
    {"contains", "startsWith", "endsWith", "indexOf", "lastIndexOf", "matchAsPrefix", "compareTo", "identical", "split",
     "containsKey", "containsValue", "hasMatch", "allMatches", "firstMatch"}
)  # fmt: skip
_SHOWING = COMPARISONS | frozenset(
    {"print", "debugPrint", "debugPrintThrottled", "debugPrintStack", "log", "printError", "Text", "SelectableText",
     "AutoSizeText", "TextSpan", "Tooltip", "SnackBar", "RegExp", "expect", "writeln", "showSnackBar", "showToast",
     "bind", "Fluttertoast", "captureMessage", "captureException", "addBreadcrumb", "toast", "snackbar"}
)  # fmt: skip
_LOGGERS = frozenset(
    {"log", "logger", "logging", "talker", "fimber", "crashlytics", "stdout", "stderr", "sentry", "console"}
)
_LABELS = frozenset(
    {"hintText", "labelText", "helperText", "errorText", "counterText", "prefixText", "suffixText", "label", "labels",
     "tooltip", "title", "subtitle", "message", "semanticLabel", "semanticsLabel", "semanticsValue", "placeholder",
     "description", "content", "hint", "reason", "debugLabel", "restorationId", "heroTag", "caption", "example", "help",
     "origin", "referer", "http-referer", "legalese", "applicationLegalese", "barrierLabel", "headline", "body", "text"}
)  # fmt: skip
_EDITED = frozenset({"TextEditingController", "TextEditingValue"})
_ELSEWHERE = frozenset(
    {"redirect", "redirects", "callback", "referer", "referrer", "cors", "xmlns", "namespace", "schema"}
)
TRANSPARENT = frozenset({"toString", "trim", "replaceAll", "replaceFirst", "replace", "resolve"})
"""Methods whose result is their receiver in another form."""


def spelled(value: Expression) -> str:
    """A chain of names as it is written: `HttpClient().getUrl` is `HttpClient.getUrl`."""
    names: list[str] = []
    while True:
        match value:
            case Member(target=target, name=name):
                names.append(name)
                value = target
            case Call(target=target) | Index(target=target):
                value = target
            case Name(name=name):
                return ".".join(reversed([*names, name]))
            case _:
                return ".".join(reversed(names))


def only_shows(callee: str) -> bool:
    """Whether a call only shows, logs or compares what it is given."""
    receiver, _, name = callee.rpartition(".")
    if name in _SHOWING or name.endswith(("Exception", "Error", "Failure")):
        return True
    return any(not _LOGGERS.isdisjoint(words(part)) for part in receiver.split("."))


def is_label(name: str, callee: str = "") -> bool:
    """Whether an argument or an entry of that name is shown to people. A text that they edit is a default."""
    if callee.rpartition(".")[2] in _EDITED:
        return False
    return name in _LABELS or name.lower() in _LABELS


def elsewhere(name: str) -> bool:
    """Whether a name speaks of an address that the app hands on but does not call."""
    return not _ELSEWHERE.isdisjoint(words(name.rpartition(".")[2]))
