"""Who is there: organisations, and the people who work in them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from bluelamp.ledger.records import Recorded


class Organisation(Recorded):
    """A body of `definitions/bodies`, as used in this workspace."""

    code = models.CharField(max_length=20, unique=True)  # "NTS"
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    type = models.CharField(max_length=40, blank=True)
    force = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="held_by")
    area = models.CharField(max_length=200, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    fictional = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PeopleManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with. People are made by actions only."""


class User(Recorded, AbstractBaseUser):
    """A person who may sign in."""

    user_name = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    role = models.CharField(max_length=40, default="reader")  # one of rules.ROLES
    is_active = models.BooleanField(default=True)
    session_number = models.PositiveIntegerField(default=0)  # raised by one, it ends every session of the person
    last_login = None  # a sign-in is an event of the ledger, not a change of the person

    objects = PeopleManager()

    USERNAME_FIELD = "user_name"
    REQUIRED_FIELDS: list[str] = []
    concealed: ClassVar[frozenset[str]] = frozenset({"password"})

    def __str__(self) -> str:
        return self.name or self.user_name

    def check_password(self, raw_password: str) -> bool:
        """Django's own would write a newer hash behind the ledger's back; ours is renewed when it is next set."""
        return check_password(raw_password, self.password)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must hold to be this person's: it changes with the password and the session number."""
        value = f"{self.session_number}:{self.password}"
        used = settings.SECRET_KEY if secret is None else secret
        return salted_hmac("bluelamp.organisations.session", value, secret=used, algorithm="sha256").hexdigest()

    @property
    def ledger_name(self) -> str:
        return f"user:{self.pk}"

    @property
    def ledger_label(self) -> str:
        return self.name or self.user_name


class Owner(Recorded):
    """Who may own work: a person, a post or a partner body. Most have no account; a person with one is `user`."""

    kind = models.CharField(max_length=20)  # one of rules.OWNER_KINDS
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="owners")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)  # whose record
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["organisation", "name"], name="owner_by_name")]

    def __str__(self) -> str:
        return self.name


class SignInLink(models.Model):
    """A link that signs one person in once. Only the hash of its secret is kept."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)
