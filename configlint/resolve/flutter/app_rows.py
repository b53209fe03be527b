"""The rows of a Flutter app: the addresses that it calls, the secrets that it ships, the env files that it bundles."""

from collections.abc import Iterator, Sequence

from configlint.code.dart.app_values import AppValue, app_values
from configlint.code.dart.build_variants import RELEASE
from configlint.code.dart.builds import Build
from configlint.code.dart.env_files import loads
from configlint.code.dart.storage_names import named_entry
from configlint.formats.dart import DartDocument
from configlint.formats.secrecy import secret_name, shape
from configlint.model.cell import NULL, Cell, PathPattern, cell, typed, unknown
from configlint.model.net.hosts import host_class
from configlint.model.net.url import Parts, authority, parts
from configlint.model.reason import Reason
from configlint.model.tables import EVERY_STACK, Credential, Reach, Row, Url
from configlint.model.tables.words import CalledHostClass
from configlint.model.text import Text
from configlint.resolve.call_row import called
from configlint.resolve.flutter import bundle, permissions
from configlint.resolve.flutter.apps import App, bundled
from configlint.resolve.flutter.constants import purposes
from configlint.resolve.flutter.publishable import publishable
from configlint.workspace.workspace import Workspace


def of_app(workspace: Workspace, app: App, builds: Sequence[Build]) -> Iterator[Row]:
    """The rows of one of the apps of a repository, which has these builds."""
    documents = [found for path in app.sources if (found := workspace.store.dart(path)) is not None]
    loaded = loads(documents)
    files = [path for one in app.bundles for path in bundle.env_files(workspace, one, loaded)]
    for one in app.bundles[:1]:
        yield from bundle.rows(workspace, one, loaded)
    yield from _secrets_of_assets(workspace, app)
    yield from _secrets_of_builds(builds)
    rows = list(_of_code(workspace, app, documents, files, builds))
    yield from rows
    yield from permissions.rows(workspace, app, (row for row in rows if isinstance(row, Url)))


def _secrets_of_assets(workspace: Workspace, app: App) -> Iterator[Credential]:
    """Whatever a bundled env file holds can be read by everybody who has the app."""
    for path in bundled(workspace, app):
        document = workspace.store.dotenv(path)
        for binding in document.bindings if document is not None else ():
            if binding.value is not None and binding.value.raw and secret_name(binding.name.raw):
                yield from _shipped(str(binding.name), binding.value)


def _secrets_of_builds(builds: Sequence[Build]) -> Iterator[Credential]:
    """What a build defines stands in the code of the app that it makes."""
    for build in builds:
        for name, text in build.defined.items():
            if secret_name(name) and text.value:
                yield from _shipped(name, text, "always" if build.worlds & RELEASE else "debug")


def _shipped(name: str, text: Text, reach: Reach = "always") -> Iterator[Credential]:
    """A secret that whoever has the app can read; none where its maker means it to be read, or where it is a name."""
    if not publishable(name, text.raw) and not named_entry(name, text.raw):
        yield Credential(
            stack=EVERY_STACK, at=text, name=name, system=name.partition("_")[0].lower(), value=cell(text.as_secret()),
            shape=shape(text.raw, name) if text.known else "unknown", audience="mobile", reach=reach,
        )  # fmt: skip


def _of_code(
    workspace: Workspace, app: App, documents: Sequence[DartDocument], files: Sequence[str], builds: Sequence[Build]
) -> Iterator[Row]:
    def env(name: str) -> Text | None:
        found = (_held(workspace, path, name) for path in files)
        return next((text for text in found if text is not None), None)

    values = app_values(documents, env, builds)
    constants = purposes(value for value in values if value.kind != "secret" and not value.unread)
    for value in values:
        if value.kind == "secret":
            # A fallback is shipped whatever stands before it; only what a debug build alone holds is not.
            name = value.variable or value.name
            yield from _shipped(name, value.text, "debug" if value.reach == "debug" else "always")
        elif value.unread:
            yield from _fallback(workspace, app, value, next((path for path in files if _absent(workspace, path)), ""))
        else:
            constant = constants.get((value.place.path, value.name), "")
            row = _url(workspace, app, value, constant if value.role == "constant" and value.reach == "always" else "")
            if row is not None:
                yield row


def _absent(workspace: Workspace, path: str) -> bool:
    return workspace.store.state(path) != "file"


def _fallback(workspace: Workspace, app: App, value: AppValue, file: str) -> Iterator[Url]:
    """An address that counts only where `file`, which is not here, does not set a variable."""
    row = _url(workspace, app, value, "")
    if row is not None:
        reason = Reason("ignored-file" if workspace.store.state(file) == "ignored" else "missing-file", file)
        yield Url(
            stack=EVERY_STACK, at=row.at, name=row.name, service=row.service, url=unknown(reason, row.host.text),
            host=unknown(reason, row.host.text), audience=row.audience, possible_class=row.host_class,
        )  # fmt: skip


def _held(workspace: Workspace, path: str, name: str) -> Text | None:
    """What an env file gives a variable. One that is kept from git and that is not here may well set what it should."""
    document = workspace.store.dotenv(path)
    if document is not None:
        # flutter_dotenv takes the first of several lines.
        return next((binding.value for binding in document.bindings if binding.name.raw == name), None)
    template = bundle.template_of(workspace, path)
    promised = workspace.store.dotenv(template) if template is not None else None
    if promised is not None:
        absent = any(binding.name.raw == name for binding in promised.bindings)
    else:
        absent = workspace.store.state(path) == "ignored"
    return Text.unknown(Reason("missing-file", path)) if absent else None


def _url(workspace: Workspace, app: App, value: AppValue, constant: str) -> Url | None:
    found = parts(value.text) if value.kind == "url" else None
    if found is None and value.kind == "host":
        bare = authority(value.text)
        if bare is None:
            return None
        found = Parts(scheme=NULL, host=bare[0], port=bare[1], path=NULL, protocol="", written_port=not bare[1].null)
    if found is None:
        return None
    instead = workspace.settings.mobile_host
    row = Url(
        stack=EVERY_STACK, at=value.text if value.text.place else Text.exactly("", value.place), name=value.name,
        service=app.directory, reach=value.reach, url=cell(value.text), scheme=found.scheme,
        audience=value.audience if app.audience == "mobile" else app.audience,
        host=found.host, port=found.port, path=_path(found.path), protocol=found.protocol, method=value.method,
        host_class=_class(found.host, instead), instead=instead, constant=constant,
        meaning=_MEANING.get(_class(found.host, instead), ""), written=found.written_port,
        possible_class="unfollowed" if _is_cut(found.host) else "",
    )  # fmt: skip
    protocol = "ws" if value.method == "WS" else "http"
    # `dart:io` follows a redirect of GET and HEAD alone; a browser follows all.
    follows = row.audience == "browser" or value.method in ("GET", "HEAD")
    return called(row, protocol, value.method, value.place, follows=follows) if value.method else row


def _path(written: Cell) -> Cell:
    raw = written.text.raw
    return typed(PathPattern.of(raw), written.text) if raw.strip("/") else NULL


_CUT = ("too-many", "too-deep", "too-long")
"""Why something is unknown that could be known, had it been followed further."""


_MEANING = {
    "loopback": "the phone itself", "unspecified": "not a destination", "docker": "a name that nobody resolves",
    "emulator": "an address of another network", "lan": "an address of one private network",
}  # fmt: skip


def _is_cut(host: Cell) -> bool:
    return host.text.reason is not None and host.text.reason.code in _CUT


def _class(host: Cell, instead: Cell) -> CalledHostClass:
    if host.value is None:
        return "unknown"
    if instead.value is not None and str(host.value) == str(instead.value):
        return "backend"
    kind = host_class(str(host.value))
    return "docker" if kind == "single-label" else kind
