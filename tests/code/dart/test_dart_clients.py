"""Clients that are made in one place and call in another: their paths stand behind the base of where they are made."""

import pytest
from dart_apps import lines

DIO = "Dio(BaseOptions(baseUrl: 'http://a.org'))"
USERS = "class Users { Users(this._dio); final Dio _dio; load() => _dio.get('/users'); }"
CALL = "_dio.get: http://a.org/users (call, GET)"

HANDED = [
    pytest.param(
        f"final dioProvider = Provider<Dio>((ref) {{ final dio = {DIO}; return dio; }});"
        f" final users = Provider((ref) => Users(ref.watch(dioProvider))); {USERS}",
        id="a provider of Riverpod",
    ),
    pytest.param(
        f"@riverpod Dio dio(Ref ref) {{ final d = {DIO}; return d; }}"
        f" final users = Provider((ref) => Users(ref.read(dioProvider))); {USERS}",
        id="a function of which a provider is generated",
    ),
    pytest.param(
        f"void setup() {{ getIt.registerLazySingleton<Dio>(() => {DIO});"
        f" getIt.registerFactory(() => Users(getIt<Dio>())); }} {USERS}",
        id="get_it, asked by type",
    ),
    pytest.param(
        f"void setup() {{ getIt.registerSingleton({DIO}); getIt.registerFactory(() => Users(getIt())); }} {USERS}",
        id="get_it, types inferred",
    ),
    pytest.param(f"void setup() {{ getIt.registerSingleton<Dio>({DIO}); }} {USERS}", id="a caller that is generated"),
    pytest.param(
        f"final w = RepositoryProvider<Dio>(create: (_) => {DIO}); f(context) => Users(context.read<Dio>()); {USERS}",
        id="a provider of widgets",
    ),
    pytest.param(
        f"Dio make() {{ final d = {DIO}; d.interceptors.add(x); return d; }} final u = Users(make()); {USERS}",
        id="a function",
    ),
    pytest.param(
        f"final u = Users({DIO}); class Users {{ Users(Dio dio) : _dio = dio; final Dio _dio;"
        " load() => _dio.get('/users'); }",
        id="a parameter that is assigned",
    ),
]


@pytest.mark.parametrize("code", HANDED)
def test_a_client_that_is_handed_over_keeps_its_base(code: str) -> None:
    assert CALL in lines(code)


def test_a_client_of_which_nobody_sees_the_making_has_an_unknown_base() -> None:
    assert lines(f"final u = Users(other()); {USERS}") == ["_dio.get: …/users (call, GET)"]


def test_a_locator_hands_out_what_is_kept_under_the_type_that_is_asked_for() -> None:
    code = f"void setup() {{ getIt.registerSingleton<Dio>({DIO}); }} load() => getIt<OtherClient>().get('/users');"
    assert "http://a.org/users" not in "".join(lines(code))
