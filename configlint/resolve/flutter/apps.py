"""Which Flutter apps there are: their sources, and the env files that they bundle."""

from configlint.formats.dart import claims
from configlint.formats.yaml.nodes import Mapping
from configlint.model.record import record
from configlint.model.tables.words import Audience
from configlint.resolve.flutter import bundle
from configlint.resolve.flutter.bundle import Bundle
from configlint.workspace.workspace import Workspace, basename, directory


@record
class App:
    """The sources of one Flutter package, and what it bundles. `audience` is who runs it."""

    directory: str
    sources: tuple[str, ...]
    bundles: tuple[Bundle, ...]
    audience: Audience = "mobile"


def apps(workspace: Workspace) -> list[App]:
    """Every package that depends on Flutter, and the sources that the configuration names besides."""
    found = []
    for path in workspace.files:
        if basename(path) == "pubspec.yaml":
            document = workspace.store.yaml(path)
            root = document.root if document is not None else None
            if isinstance(root, Mapping) and _uses_flutter(root):
                found.append(_app(workspace, directory(path), root))
    configured = workspace.settings.mobile_paths
    if configured:
        sources = tuple(path for one in configured for path in workspace.below(one) if claims(path))
        bundles = sorted((one for app in found for one in app.bundles), key=lambda one: not _holds(one, configured[0]))
        return [App(directory=configured[0], sources=tuple(dict.fromkeys(sources)), bundles=tuple(bundles))]
    return found


def _holds(one: Bundle, path: str) -> bool:
    return not one.directory or f"{path}/".startswith(f"{one.directory}/")


def _uses_flutter(root: Mapping) -> bool:
    if "flutter" in root:
        return True
    dependencies = root.get("dependencies")
    return isinstance(dependencies, Mapping) and "flutter" in dependencies


def _app(workspace: Workspace, where: str, root: Mapping) -> App:
    inner = f"{where}/lib" if where else "lib"
    sources = tuple(path for path in workspace.below(inner) if claims(path))
    return App(
        directory=where, sources=sources, bundles=(bundle.bundle(where, root),), audience=_audience(workspace, where)
    )


_PHONES = ("android", "ios")
_DESKTOPS = ("macos", "windows", "linux")


def _audience(workspace: Workspace, where: str) -> Audience:
    """A package has a directory for each platform on which it runs. One without any may become a part of every app."""

    def has(platform: str) -> bool:
        return any(True for _ in workspace.below(f"{where}/{platform}" if where else platform))

    if any(map(has, _PHONES)):
        return "mobile"
    if has("web"):
        return "browser"
    return "host" if any(map(has, _DESKTOPS)) else "mobile"


def bundled(workspace: Workspace, app: App) -> list[str]:
    """The env files that an app brings with it, whether it loads them or not."""
    return list(dict.fromkeys(path for one in app.bundles for path in bundle.env_files(workspace, one, ())))
