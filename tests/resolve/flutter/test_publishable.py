"""Which keys an app may hold."""

import pytest

from configlint.resolve.flutter.publishable import publishable


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SUPABASE_ANON_KEY", "made-up"),
        ("STRIPE_PUBLISHABLE_KEY", "made-up"),
        ("stripeKey", "pk_live_made_up"),
        ("GOOGLE_MAPS_API_KEY", "made-up"),
        ("FirebaseOptions.apiKey", "AIzaMadeUp"),
        ("DefaultFirebaseOptions.apiKey", "made-up"),
        ("MapboxConfig.accessToken", "pk.made-up"),
        ("LIVEKIT_TOKEN", "eyJtYWRl.dXA.bWFkZS11cA"),
    ],
)
def test_keys_that_are_made_for_clients(name: str, value: str) -> None:
    assert publishable(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIVEKIT_API_SECRET", "made-up"),
        ("OPENAI_API_KEY", "sk-made-up"),
        ("API_KEY", "made-up"),
        ("FIREBASE_PRIVATE_KEY", "made-up"),
        ("FCM_SERVER_KEY", "AIzaMadeUp"),
        ("GEMINI_API_KEY", "AIzaMadeUp"),
        ("GeminiService.apiKey", "AIzaMadeUp"),
        ("SUPABASE_SERVICE_ROLE_KEY", "eyJtYWRl.dXA.bWFkZS11cA"),
        ("MapboxConfig.accessToken", "sk.made-up"),
    ],
)
def test_keys_of_a_server(name: str, value: str) -> None:
    assert not publishable(name, value)
