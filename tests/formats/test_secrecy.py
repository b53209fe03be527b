"""Secret names and values. Every secret here is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configlint.formats.secrecy import encrypted, mark, secret_name, secret_spans, shape, words
from configlint.model.text import Literal, Place, Text

MASK = "<secret, under 32 characters>"


@pytest.mark.parametrize(
    "name",
    [
        "LIVEKIT_API_SECRET", "POSTGRES_PASSWORD", "DB_PASS", "db-password", "dbPassword", "password", "api_secret",
        "apiSecret", "client-secret", "OPENAI_API_KEY", "MISTRAL_KEY", "mistralApiKey", "SECRET", "TOKEN", "AUTH_TOKEN",
        "JWT_SECRET_KEY", "SECRET_KEY", "SECRET_KEY_BASE", "AWS_SECRET_ACCESS_KEY", "PRIVATE_KEY", "SSH_PASSPHRASE",
        "credential", "turn_credential", "MYSQL_ROOT_PASSWORD", "PASSWORD_PROD", "PASSWORD2", "API_KEY_OLD",
        "DB_PWD", "LIVEKIT_KEYS", "LIVEKIT_CONFIG", "EGRESS_CONFIG_BODY", "ENCRYPTION_KEY", "DJANGO_SECRET", "apikey",
        "rootpassword", "GITHUB_TOKEN", "HF_TOKEN", "BOT_TOKENS", "VERIFY_TOKEN", "APP_KEY",
        "LIVEKIT_INFERENCE_API_SECRET",
        "REDIS_PASSWORD", "requirepass", "AZURE_SPEECH_KEY", "LIVEKIT_KEYS=devkey",
         "GRAFANA_ADMIN_PASSWORD", "SESSION_SECRET", "CLIENT_SECRETS",
    ],
)  # fmt: skip
def test_names_that_hold_a_secret(name: str) -> None:
    assert secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "LIVEKIT_API_KEY", "LIVEKIT_INFERENCE_API_KEY", "APP_LIVEKIT_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS",
         "AWS_ACCESS_KEY_ID", "TOKEN_URL", "SECRET_NAME", "MAX_TOKENS",
        "PASSWORD_MIN_LENGTH", "POSTGRES_PASSWORD_FILE", "ACCESS_TOKEN_EXPIRE_MINUTES", "PUBLIC_KEY", "JWT_PUBLIC_KEY",
        "tokenUrl", "secretName", "PWD", "OLDPWD_DIR", "secrets", "PRIMARY_KEY", "CACHE_KEY", "KEY", "keys", "key",
        "TOKENIZER", "TOKENIZERS_PARALLELISM", "PASSWORDLESS_LOGIN", "ALLOW_EMPTY_PASSWORD", "USE_TOKEN_AUTH",
        "PASS_THROUGH", "BYPASS", "COMPASS_URL", "SECRETARY", "TOKENS_PER_MINUTE", "MAX_NEW_TOKENS", "SSL_KEY",
        "key_file", "JWT_ALGORITHM", "TOKEN_SERVICE_PORT", "LIVEKIT_URL", "", "123", "é", "api_key_id", "SECRET_ARN",
        "CONTEXT_TOKENS", "TOKEN_TTL", "PASSWORD_HASHERS", "REQUIRE_PASSWORD",
    ],
)  # fmt: skip
def test_names_that_hold_none(name: str) -> None:
    assert not secret_name(name)


def test_a_name_is_its_words_however_they_are_joined() -> None:
    assert words("apiSecretKey") == words("API_SECRET_KEY") == words("api-secret.key") == ("api", "secret", "key")
    assert words("HTTPToken2") == ("http", "token", "2")


@pytest.mark.parametrize(
    "value",
    [
        "change_me", "CHANGEME", "change-me-in-production", "dev-secret-change-in-production",
        "please-change-this", "REPLACE_ME",
        "REPLACE_ME_WITH_32_CHARS_MINIMUM!", "your_api_key", "your-secret", "YOUR_TOKEN_HERE", "sk-your-openai-key",
        "sk-your…", "sk-...", "sk-xxxxxxxx", "xxxxxxxx", "********", "0000", "....", "----", "VOTRE_CLE_ICI",
        "votre_mot_de_passe", "clé-ici", "a_changer", "à_changer", "secret", "password", "admin", "test", "TODO",
        "example", "dummy", "placeholder", "insert", "example-secret", "dummy_api_key", "insert_key_here",
        "abcdefgh", "0123456789", "1234567890", "123456", "abc123", "0123456789abcdef0123456789abcdef",
        "abcdefghijklmnopqrstuvwxyz012345", "api-secret", "LIVEKIT_API_SECRET", "livekit_api_secret",
        "your_livekit_api_secret", "<your-secret>", "<s>", "[YOUR-PASSWORD]",
    ],
)  # fmt: skip
def test_placeholders(value: str) -> None:
    assert shape(value, "LIVEKIT_API_SECRET") == "placeholder"


@pytest.mark.parametrize(
    "value",
    [
        "devsecret123456789abcdef0123456789abcdef", "oldsecret123", "hunter7-old", "k3Jd82hsPq0aZx71bNvC5mLr9tYw4uEe",
        "secret1234567890", "only-on-my-disk", "thisisaverylongpassphrase", "p@ss w0rd", "correct horse battery staple",
        "Tr0ub4dor&3", "testing-the-water", "examplify", "aaa", "zz", "devsecret", "x1", "$ecret-word", "Zq81hs",
        "deadbeefcafe", "112233445566", "postgres-main",
    ],
)  # fmt: skip
def test_real_values(value: str) -> None:
    assert shape(value, "LIVEKIT_API_SECRET") == "real"


@pytest.mark.parametrize(
    "value",
    [
        "${SECRET}", "${SECRET:-x}", "$SECRET", "{{ secret }}", "{{secret}}", '["a", "b"]', "%SECRET%",
        "${{ secrets.API }}", "prefix-${SECRET}", "__API_SECRET__", "ENC[AES256_GCM,data:x]", "op://vault/item",
        "$(cat /run/secret)", "/run/secrets/db", "encrypted:abc", "arn:aws:secretsmanager:eu",
    ],
)  # fmt: skip
def test_values_that_another_program_fills_in(value: str) -> None:
    assert shape(value, "LIVEKIT_API_SECRET") == "reference"


@pytest.mark.parametrize("value", ["", " ", "\t\n"])
def test_nothing_is_empty(value: str) -> None:
    assert shape(value, "TOKEN") == "empty"


def test_one_word_of_its_own_name_is_no_placeholder_but_the_whole_name_is() -> None:
    assert shape("redis", "REDIS_PASSWORD") == "real"
    assert shape("redis_password", "REDIS_PASSWORD") == "placeholder"
    assert shape("redis-password", "MAIN_REDIS_PASSWORD") == "placeholder"


@given(st.binary(min_size=16, max_size=16))
def test_random_hex_is_real(secret: bytes) -> None:
    if len(set(secret.hex())) > 6:
        assert shape(secret.hex(), "API_SECRET") == "real"


@pytest.mark.parametrize(
    ("raw", "masked"),
    [
        ("postgres://app:pw@db:5432/x", "postgres://app:<secret, under 32 characters>@db:5432/x"),
        ("redis://:p@w@redis:6379", "redis://:<secret, under 32 characters>@redis:6379"),
        ("postgres://app:${PW}@db/x", "postgres://app:${PW}@db/x"),
        ("postgres://app@db/x?a=b:c@d", "postgres://app@db/x?a=b:c@d"),
        ("http://h/?token=abc&x=1", "http://h/?token=<secret, under 32 characters>&x=1"),
        ("API_SECRET=a b", "API_SECRET=<secret, under 32 characters>"),
        ("LIVEKIT_KEYS=devkey: abc", "LIVEKIT_KEYS=devkey: <secret, under 32 characters>"),
        ("LIVEKIT_KEYS=devkey:abc", "LIVEKIT_KEYS=<secret, under 32 characters>"),
        ("LIVEKIT_KEYS={a: b1, c: 'd1'}", f"LIVEKIT_KEYS={{a: {MASK}, c: '{MASK}'}}"),
        ("LIVEKIT_KEYS=${K:-dev}: ${S}", "LIVEKIT_KEYS=${K:-dev}: ${S}"),
        ("X=${API_SECRET:-abc}", "X=${API_SECRET:-<secret, under 32 characters>}"),
        ("redis-server --requirepass abc --port 1", f"redis-server --requirepass {MASK} --port 1"),
        ("run --api-secret=abc", "run --api-secret=<secret, under 32 characters>"),
        ("gunicorn -w 3 --bind=0.0.0.0:80", "gunicorn -w 3 --bind=0.0.0.0:80"),
        ("API_SECRET=${API_SECRET}", "API_SECRET=${API_SECRET}"),
        ("API_SECRET=${API_SECRET:?is not set}", "API_SECRET=${API_SECRET:?is not set}"),
        ("WEB_CONCURRENCY=3", "WEB_CONCURRENCY=3"),
        ("host: db\nauth:\n  password: ab cd\n", "host: db\nauth:\n  password: <secret, under 32 characters>\n"),
        ('{"host":"db","password":"a,b"}', '{"host":"db","password":<secret, under 32 characters>}'),
        ("{host: db, password: abc, port: 1}", "{host: db, password: <secret, under 32 characters>, port: 1}"),
        ("password: ${DB_PASSWORD}\nport: 1", "password: ${DB_PASSWORD}\nport: 1"),
    ],
)
def test_the_secret_parts_of_a_value_without_a_secret_name(raw: str, masked: str) -> None:
    assert str(mark(Text.assumed(raw))) == masked


def test_a_secret_name_makes_all_of_a_value_secret() -> None:
    assert str(mark(Text.assumed("a: b"), "DB_PASSWORD")) == "<secret, under 32 characters>"
    assert str(mark(Text.assumed("a: b\nc: d"), "LIVEKIT_KEYS")) == f"a: {MASK}\nc: {MASK}"


def test_a_lone_reference_is_legible_under_a_secret_name() -> None:
    assert str(mark(Text.assumed("${DB_PASSWORD}"), "DB_PASSWORD")) == "${DB_PASSWORD}"
    assert "fallback" not in str(mark(Text.assumed("${DB_PASSWORD:-fallback}"), "DB_PASSWORD"))


def test_a_value_with_a_secret_part_can_be_rewritten_as_a_whole() -> None:
    place = Place(".env", 4, 26)
    text = Text.literal("postgres://app:pw@db/x", Literal(place=place, inner=place, style="dotenv/bare"))
    marked = mark(text)
    assert marked.secret
    assert marked.site is not None
    assert marked.site.place == place


@given(st.text(alphabet="ab=:/@$ {}-?&'\"\nTOKEN", max_size=60))
def test_marking_never_changes_a_text(raw: str) -> None:
    assert mark(Text.assumed(raw)).raw == raw
    assert mark(Text.assumed(raw), "LIVEKIT_KEYS").raw == raw
    assert all(0 <= start < end <= len(raw) for start, end in secret_spans(raw))


@pytest.mark.parametrize(
    "content",
    [
        "\x00GITCRYPT\x00abc",
        "$ANSIBLE_VAULT;1.1;AES256\n6162",
        "version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 3\n",
        "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n",
        "age-encryption.org/v1\n-> X25519 abc\n",
        "A=ENC[AES256_GCM,data:x,iv:y]\nsops_version=3.8\n",
        "a: ENC[AES256_GCM,data:x]\nsops:\n  mac: ENC[AES256_GCM,data:y]\n",
    ],
)
def test_locked_files(content: str) -> None:
    assert encrypted(content)


@pytest.mark.parametrize("content", ["", "A=1\n", "a: 1\n", "# sops\nA=1", "A=ENC[x]\n", "see $ANSIBLE_VAULT; below"])
def test_open_files(content: str) -> None:
    assert not encrypted(content)
