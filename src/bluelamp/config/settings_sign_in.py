"""Which of Django's settings are about signing in? A workspace chooses in bluelamp.toml (docs/decisions/0010)."""

from __future__ import annotations

import datetime as dt

from bluelamp.config.sign_in import read_client_secret, read_sign_in, read_single_sign_on
from bluelamp.config.workspace import find_workspace

_WORKSPACE = find_workspace()
SIGN_IN = read_sign_in(_WORKSPACE.settings)
SINGLE_SIGN_ON = read_single_sign_on(_WORKSPACE.settings, _WORKSPACE.folder)
SESSION_COOKIE_AGE = SIGN_IN.longest_hours * 3600
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "bluelamp.desk.entrance.adapters.PasswordBackend",
]
PASSWORD_HASHERS = [
    "bluelamp.organisations.hashers.PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of workspaces before Argon2
]
# Length and no well-known words, as the NCSC advises; rules about capitals and digits make worse passwords.
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": "bluelamp.organisations.password_rules.TooSimpleValidator"},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("user_name", "name", "email")},
    },
]
# Counts of tries are kept here: room for many names, so that none is pushed out by trying others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ACCOUNT_ADAPTER = "bluelamp.desk.entrance.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # nobody signs up; allauth checks that this fits
ACCOUNT_USER_MODEL_USERNAME_FIELD = "user_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",  # an office may share one address
    "login_failed": f"{SIGN_IN.wrong_passwords}/{SIGN_IN.lock_minutes * 60}s/key",  # codes of one person
}
WRONG_PASSWORDS_FROM_AN_ADDRESS = "20/m/ip"
MFA_ADAPTER = "bluelamp.desk.entrance.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # phones are not always right to the half minute
SOCIALACCOUNT_ADAPTER = "bluelamp.desk.entrance.adapters.SignOnAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": provider.slug,
                "name": provider.name,
                "client_id": provider.client_id,
                "secret": read_client_secret(provider, _WORKSPACE.folder),
                "settings": {"server_url": provider.server, "oauth_pkce_enabled": True},
            }
            for provider in SINGLE_SIGN_ON
        ]
    }
}
AXES_FAILURE_LIMIT = SIGN_IN.wrong_passwords
AXES_COOLOFF_TIME = dt.timedelta(minutes=SIGN_IN.lock_minutes)
AXES_LOCKOUT_PARAMETERS = ["username"]  # tries at many names from one address are slowed by ACCOUNT_RATE_LIMITS
AXES_USERNAME_CALLABLE = "bluelamp.desk.entrance.lock_out.name_tried"
AXES_CLIENT_IP_CALLABLE = "bluelamp.desk.entrance.lock_out.address_of"
AXES_LOCKOUT_CALLABLE = "bluelamp.desk.entrance.lock_out.answer_locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else whoever goes on trying locks a person out for ever
AXES_DISABLE_ACCESS_LOG = True  # the ledger has the sign-ins
AXES_SENSITIVE_PARAMETERS = ["login", "password", "csrfmiddlewaretoken", "next"]
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # a name is locked, wherever it is tried from: stricter than by address
