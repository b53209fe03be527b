"""With what clients log in to databases and brokers, compared with what those are set up with."""

import pytest
from stacks import MAIN, Case, Told, failed, told
from trees import built_in, run

POSTGRES = (
    "image: postgres:16\n    environment: {POSTGRES_USER: shop, POSTGRES_PASSWORD: made-4417, POSTGRES_DB: orders}"
)
MYSQL = (
    "image: mysql:8\n    environment: {MYSQL_ROOT_PASSWORD: made-4419, MYSQL_USER: shop, MYSQL_PASSWORD: made-4417,"
    " MYSQL_DATABASE: orders}"
)
MONGO = "image: mongo:7\n    environment: {MONGO_INITDB_ROOT_USERNAME: root, MONGO_INITDB_ROOT_PASSWORD: made-4417}"
SCRIPTED = POSTGRES + "\n    volumes: ['./i:/docker-entrypoint-initdb.d']"
REDIS = "image: redis:7\n    command: redis-server --requirepass made-4417"
OPEN_REDIS = "image: redis:7"
RABBIT = (
    "image: rabbitmq:3-management\n    environment: {RABBITMQ_DEFAULT_USER: shop, RABBITMQ_DEFAULT_PASS: made-4417}"
)
OK: Told = []
WRONG = failed(4)
UNSURE = [("unverifiable", f"{MAIN}:4")]


def case(environment: str, server: str, **files: str) -> Case:
    """A service whose environment is in line 4, which is one map, and a service `db`."""
    api = f"  api:\n    image: registry.example/api:1\n    environment: {{{environment}}}\n"
    text = f"services:\n{api}  db:\n    {server}\n"
    return Case("database-credentials", {MAIN: text, **files}, [])


def says(environment: str, server: str, **files: str) -> Told:
    return told(case(environment, server, **files))


def url(value: str) -> str:
    return f'DATABASE_URL: "{value}"'


@pytest.mark.parametrize(
    ("value", "server", "expected"),
    [
        ("postgresql://shop:made-4417@db/orders", POSTGRES, OK),
        ("postgres://shop:made%2D4417@db:5432/orders?sslmode=disable", POSTGRES, OK),
        ("postgresql+psycopg2://shop:made-4417@db/postgres", POSTGRES, OK),
        ("postgresql://shop:made-4417@db", POSTGRES, OK),
        ("postgresql://shop:made-4418@db/orders", POSTGRES, WRONG),
        ("postgresql://shop:Made-4417@db/orders", POSTGRES, WRONG),
        ("postgresql://shopp:made-4417@db/orders", POSTGRES, WRONG),
        ("postgresql://shop:made-4417@db/order", POSTGRES, WRONG),
        ("postgresql://shop@db/orders", POSTGRES, WRONG),
        ("http://shop:other@db:5432/x", POSTGRES, OK),
        ("postgresql://shop:made-4417@db/orders", "image: postgres:16", OK),
        ("mysql://shop:made-4417@db/orders", "image: mysql:8", OK),
        ("postgresql://postgres:any@db/postgres", "image: postgres:16\n    environment: {POSTGRES_PASSWORD: any}", OK),
        ("postgresql://postgres:any@db/postgres",
         "image: postgres:16\n    environment: {POSTGRES_HOST_AUTH_METHOD: trust}", OK),
        ("postgresql://ro:any@db/postgres",
         "image: postgres:16\n    environment: {POSTGRES_HOST_AUTH_METHOD: trust}", WRONG),
        ("postgresql://postgres:any@db/postgres",
         "image: postgres:16\n    environment: {POSTGRES_PASSWORD_FILE: /run/secrets/a}", UNSURE),
        ("postgresql://other:any@db/x", "image: bitnami/postgresql:16\n    environment: {POSTGRES_USER: a}", OK),
        ("postgresql://other:any@db/x", "image: supabase/postgres:16\n    environment: {POSTGRES_USER: a}", OK),
        ("postgresql://other:any@db/x", "image: edoburu/pgbouncer:1\n    environment: {DB_USER: a}", OK),
        ("postgresql://other:any@db/a",
         "image: docker.io/library/postgres:16\n    environment: {POSTGRES_USER: a, POSTGRES_PASSWORD: any}", WRONG),
        ("postgresql://shop:made-4418@db/orders", SCRIPTED, UNSURE),
        ("postgresql://shop:made-4417@db/orders", SCRIPTED, OK),
        ("mysql+pymysql://shop:made-4417@db/orders", MYSQL, OK),
        ("mysql://root:made-4419@db/orders", MYSQL, OK),
        ("mysql://root:made-4417@db/orders", MYSQL, WRONG),
        ("mysql://shop:made-4419@db/orders", MYSQL, WRONG),
        ("mysql://shop:made-4417@db/shop", MYSQL, WRONG),
        ("mysql://root:any@db/mysql", "image: mariadb:11\n    environment: {MARIADB_ROOT_PASSWORD: any}", OK),
        ("mysql://root:any@db/mysql", "image: mariadb:11\n    environment: {MARIADB_RANDOM_ROOT_PASSWORD: 1}", UNSURE),
        ("mysql://root@db/mysql", "image: mysql:8\n    environment: {MYSQL_ALLOW_EMPTY_PASSWORD: 1}", OK),
        ("mongodb://root:made-4417@db/any?authSource=admin", MONGO, OK),
        ("mongodb://admin:made-4417@db/any?authSource=admin", MONGO, WRONG),
        ("mongodb://root:made-4418@db/any?authSource=admin", MONGO, WRONG),
        ("mongodb://db/any", MONGO, WRONG),
        ("mongodb://db/any", "image: mongo:7", OK),
        ("redis://:made-4417@db:6379/15", REDIS, OK),
        ("redis://default:made-4417@db", REDIS, OK),
        ("redis://:made-4417@db:6379/16", REDIS, WRONG),
        ("redis://:made-4417@db:6379/16", REDIS + " --databases 32", OK),
        ("redis://:made-4418@db:6379", REDIS, WRONG),
        ("redis://worker:made-4417@db:6379", REDIS, WRONG),
        ("redis://db:6379", REDIS, WRONG),
        ("redis://db:6379", OPEN_REDIS, OK),
        ("redis://:made-4417@db:6379", OPEN_REDIS, WRONG),
        ("redis://worker:made-4417@db:6379", REDIS + " --aclfile /etc/users.acl", UNSURE),
        ("redis://:made-4417@db:6379", "image: redis:7\n    command: redis-server /etc/redis.conf", UNSURE),
        ("amqp://shop:made-4417@db:5672//", RABBIT, OK),
        ("amqp://shop:made-4417@db:5672/%2F", RABBIT, OK),
        ("amqp://shop:made-4417@db:5672/", RABBIT, OK),
        ("amqp://shop:made-4417@db:5672/jobs", RABBIT, WRONG),
        ("amqp://guest:guest@db:5672", RABBIT, WRONG),
        ("amqp://db:5672", RABBIT, WRONG),
        ("amqp://db:5672", "image: rabbitmq:3", OK),
        ("amqp://jobs:x@db", "image: rabbitmq:3\n    volumes: ['./r.conf:/etc/rabbitmq/rabbitmq.conf']", UNSURE),
    ],
)  # fmt: skip
def test_a_url_is_compared_with_what_the_image_sets_up(value: str, server: str, expected: Told) -> None:
    assert says(url(value), server) == expected


@pytest.mark.parametrize(
    ("environment", "server", "expected"),
    [
        ("DB_HOST: db, DB_USER: shop, DB_PASSWORD: made-4417, DB_NAME: orders", POSTGRES, OK),
        ("DB_HOST: db, DB_USERNAME: shop, DB_PASS: made-4418", POSTGRES, WRONG),
        ("DB_HOST: db, DB_USER: shop, DB_DATABASE: shop", POSTGRES, WRONG),
        ("PGHOST: db, PGUSER: shop, PGPASSWORD: made-4417, PGDATABASE: orders", POSTGRES, OK),
        ("PGHOST: db, PGUSER: shop, PGDATABASE: order", POSTGRES, WRONG),
        ("WORDPRESS_DB_HOST: 'db:3306', WORDPRESS_DB_USER: wp", MYSQL, WRONG),
        ("DB_HOST: db, DB_USER: shop, DB_PASSWORD: ''", POSTGRES, OK),
        ("TEST_DB_HOST: db, TEST_DB_USER: shop, TEST_DB_NAME: orders_test", POSTGRES, OK),
        ("REDIS_HOST: db, REDIS_PASSWORD: made-4418", REDIS, WRONG),
        ("REDIS_HOST: db, REDIS_PASSWORD: made-4417, REDIS_DB: 3", REDIS, OK),
        ("REDIS_HOST: db", REDIS, OK),
        ("REDIS_URL: 'redis://db:6379', REDIS_PASSWORD: made-4417", REDIS, OK),
        ("RABBITMQ_HOST: db, RABBITMQ_USER: guest", RABBIT, WRONG),
        ("OTHER_USER: x, DB_NAME: y", POSTGRES, OK),
    ],
)
def test_variables_beside_the_host_are_compared(environment: str, server: str, expected: Told) -> None:
    assert says(environment, server) == expected


def test_each_part_that_is_wrong_has_its_own_place() -> None:
    text = (
        "services:\n  web:\n    image: registry.example/web:1\n    environment:\n      - DB_HOST=db\n"
        f"      - DB_USER=a\n      - DB_NAME=b\n  db:\n    {POSTGRES}\n"
    )
    assert told(Case("database-credentials", {MAIN: text}, [])) == [*failed(6), *failed(7)]


def test_the_password_of_a_user_whom_nobody_knows_is_not_judged() -> None:
    """One fault, one finding: the user."""
    assert says("DB_HOST: db, DB_USER: a, DB_PASSWORD: made-4418", POSTGRES) == WRONG


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("app/start.sh", "psql -c 'CREATE DATABASE other'\n"),
        ("app/start.py", "create_database(url)\n"),
        ("app/prisma/schema.prisma", "datasource db {}\n"),
        ("app/App.csproj", "<Project/>\n"),
    ],
)
def test_code_that_may_create_the_database_makes_it_unverifiable(path: str, content: str) -> None:
    text = (
        f"services:\n  api:\n    build: app\n    environment: {{DB_HOST: db, DB_NAME: other}}\n  db:\n    {POSTGRES}\n"
    )
    files = {MAIN: text, "app/Dockerfile": "FROM python:3.12\nCOPY . .\n"}
    assert told(Case("database-credentials", files, [])) == WRONG
    assert told(Case("database-credentials", {**files, path: content}, [])) == UNSURE


def test_a_redis_whose_file_is_here_is_known() -> None:
    server = "image: redis:7\n    command: redis-server /r.conf\n    volumes: ['./r.conf:/r.conf']"
    files = {"r.conf": 'requirepass "made-4417"\n'}
    assert says(url("redis://:made-4417@db"), server, **files) == OK
    assert says(url("redis://:made-4418@db"), server, **files) == WRONG
    assert says(url("redis://:made-4418@db"), server, **{"r.conf": "user a on >x\n"}) == UNSURE


def test_a_password_of_an_env_file_that_is_not_here_is_unverifiable() -> None:
    text = (
        "services:\n  api:\n    image: registry.example/api:1\n"
        "    environment: {DATABASE_URL: 'postgresql://shop:x@db/shop'}\n"
        "  db: {image: 'postgres:16', env_file: .env}\n"
    )
    assert {verdict for verdict, _ in told(Case("database-credentials", {MAIN: text}, [], ignored=(".env",)))} == {
        "unverifiable"
    }


def test_a_default_hides_nothing_and_a_password_is_never_shown() -> None:
    files = case(url("redis://:Zq81hiddenWw2@db:6379"), OPEN_REDIS).files
    result = run(files, *built_in("database-credentials"))
    (finding,) = result.findings
    assert not any("redis:7" in files[MAIN][place.start : place.end] for place in result.secrets[MAIN])
    assert any("Zq81hiddenWw2" in files[MAIN][place.start : place.end] for place in result.secrets[MAIN])
    assert "Zq81" not in finding.message


def test_a_name_that_looks_generated_is_not_shown() -> None:
    files = case("DB_HOST: db, DB_USER: x7Kq92LmZ0aPvT4w", POSTGRES).files
    (finding,) = run(files, *built_in("database-credentials")).findings
    assert "x7Kq92" not in finding.message
