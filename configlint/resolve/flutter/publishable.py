"""Keys that their makers mean to be shipped with an app: whoever has one can do no more than the app itself."""

from configlint.formats.words import word_set, words
from configlint.model.regex import regex

_PRIVATE = word_set("secret private password passwd server admin master service role")
"""With one of these words a key is never for clients, whoever made it: `FIREBASE_PRIVATE_KEY`, `FCM_SERVER_KEY`."""
_PAID = word_set("gemini genai palm vertex")
"""Services whose keys look like Google's public ones."""
_PUBLIC = word_set(
    "publishable public anon anonymous maps map firebase recaptcha hcaptcha turnstile revenuecat purchases posthog"
    " mixpanel amplitude segment sentry dsn onesignal appsflyer adjust branch mapbox maptiler pusher giphy bugsnag"
    " instabug intercom clevertap braze admob heap launchdarkly rollbar facebook crisp aptabase test demo mock"
)
_PREFIXES = (
    "AIza", "pk_", "pk.", "goog_", "appl_", "amzn_", "phc_", "sntrys_", "G-", "UA-", "ca-app-pub-", "sb_publishable_",
)  # fmt: skip
"""How such keys begin: Google's, Stripe's, Mapbox's, RevenueCat's, PostHog's…"""
_SIGNED = regex(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")
"""A JSON Web Token: what a server gives to its clients, signed with a secret that stays there."""
_PRIVATE_PREFIXES = ("sk_", "sk-", "sk.", "rk_", "-----BEGIN")


def publishable(name: str, value: str) -> bool:
    """Whether a key of this qualified name and this value may stand in an app."""
    own, whole = words(name.rpartition(".")[2]), words(name)
    if not _PRIVATE.isdisjoint(own) or not _PAID.isdisjoint(whole) or value.startswith(_PRIVATE_PREFIXES):
        return False
    return not _PUBLIC.isdisjoint(whole) or value.startswith(_PREFIXES) or _SIGNED.fullmatch(value) is not None
