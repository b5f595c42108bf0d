"""Can administrators look after people, those who know the work after its owners, and nobody else?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.addresses import ADMINISTRATORS
from tests.desk.conftest import SignIn
from tests.intake.samples import BY, NOW

from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify
from bluelamp.organisations.actions import add_owner, add_person
from bluelamp.organisations.actions_sign_in import record_lock_out, record_sign_in
from bluelamp.organisations.models import Organisation, Owner, User
from bluelamp.organisations.rules import ROLES

LONG = "Wolfeschlegelsteinhausenbergerdorff-" * 5


@pytest.fixture
def force(organisations: None) -> Organisation:
    return Organisation.objects.get(code="CVP")


@pytest.fixture
def kim(force: Organisation) -> User:
    return add_person(
        by=BY,
        now=NOW,
        user_name="kim",
        name="Kim Oxley",
        email="kim@cvp.example",
        organisation=force,
        password="x",
    )


@pytest.fixture
def boss(sign_in: SignIn) -> Client:
    return sign_in("administrator", name="Robin Ashdown")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def person_form(**changed: str) -> dict[str, str]:
    said = {
        "user_name": "lee",
        "name": "Lee Marsh",
        "email": "lee@cvp.example",
        "role": "owner",
        "organisation": "CVP",
    }
    return {**said, **changed}


@pytest.mark.parametrize("name", sorted(ADMINISTRATORS | {"desk:make_link", "desk:change_access"}))
@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_nobody_else_sees_or_changes_people(name: str, role: str, sign_in: SignIn, kim: User) -> None:
    client = sign_in(role)
    values = {"pk": kim.pk, "step": "end"}
    wanted = {"desk:people": (), "desk:add_person": (), "desk:change_access": ("pk", "step")}.get(name, ("pk",))
    address = reverse(name, kwargs={key: values[key] for key in wanted})
    before = Event.objects.count()
    for send in (client.get, client.post):
        answer = send(address, person_form())
        assert answer.status_code in (403, 405), name
        assert "Kim Oxley" not in answer.content.decode()
    assert Event.objects.count() == before
    assert User.objects.get(pk=kim.pk).is_active


def test_the_list_tells_who_may_do_what(boss: Client, kim: User) -> None:
    words = page(boss, "/people")
    assert "2 people have accounts" in words
    assert "Kim Oxley" in words
    assert ROLES["reader"] in words
    assert "Calder Vale Police" in words


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("words=oxl", True),
        ("words=KIM", True),
        ("words=cvp.example", True),
        ("words=zebra", False),
        ("words=%00", True),
        ("role=reader", True),
        ("role=auditor", False),
        ("role=emperor", True),
        ("organisation=CVP", True),
        ("organisation=CVP-PCC", False),
        ("state=active", True),
        ("state=left", False),
        ("page=999", True),
        ("page=x", True),
    ],
)
def test_the_list_is_narrowed(boss: Client, kim: User, asked: str, found: bool) -> None:
    words = page(boss, f"/people?{asked}")
    assert ("Kim Oxley" in words) is found
    if asked.endswith("zebra"):
        assert "Nobody here is like that" in words


def test_a_long_list_is_paged_without_loss(boss: Client, force: Organisation) -> None:
    for number in range(120):
        add_person(by=BY, now=NOW, user_name=f"p{number}", name=f"Person {number:03}")
    seen: list[str] = []
    address = "/people?words=Person"
    while address:
        words = page(boss, address)
        seen += re.findall(r">(Person \d{3})</a>", words)
        onward = re.search(r'<a rel="next" href="([^"]+)"', words)
        address = f"/people{onward[1].replace('&amp;', '&')}" if onward else ""
    assert seen == [f"Person {number:03}" for number in range(120)]


def test_lists_ask_a_fixed_number_of_questions(
    boss: Client, force: Organisation, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        user = add_person(by=BY, now=NOW, user_name=f"p{number}", name=f"P {number}", organisation=force)
        add_owner(by=BY, now=NOW, name=f"Owner {number}", user=user, organisation=force)
    for address in ("/people", "/owners"):
        with django_assert_max_num_queries(8):
            assert boss.get(address).status_code == 200


def test_a_person_is_added_and_their_page_says_what_was_done(boss: Client, force: Organisation) -> None:
    answer = boss.post("/people/add", person_form())
    lee = User.objects.get(user_name="lee")
    assert answer["Location"] == f"/people/{lee.pk}"
    assert (lee.role, lee.organisation, lee.has_usable_password()) == ("owner", force, False)
    words = page(boss, answer["Location"])
    assert "Robin Ashdown</strong> added a person" in words
    assert verify(None).problems == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"user_name": ""}, "This field is required"),
        ({"user_name": "KIM"}, "Somebody signs in as"),
        ({"email": "Kim@CVP.example"}, "each person needs their own"),
        ({"email": "no address"}, "valid email"),
        ({"role": "emperor"}, "not one of the available choices"),
        ({"name": "a\x00b"}, "Null characters"),
        ({"name": "x" * 201}, "at most 200"),
        ({"organisation": "NOWHERE"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_lost(
    boss: Client, kim: User, changed: dict[str, str], said: str
) -> None:
    answer = boss.post("/people/add", person_form(**changed))
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in words
    assert said in words
    assert "Lee Marsh" in words or "name" in changed
    assert not User.objects.filter(name="Lee Marsh").exists()


def test_a_change_is_in_the_history_from_what_to_what(boss: Client, kim: User) -> None:
    sent = {"name": "Kim Oxley", "email": "", "role": "auditor", "organisation": ""}
    assert boss.post(f"/people/{kim.pk}/edit", sent).status_code == 302
    kim.refresh_from_db()
    assert (kim.role, kim.organisation, kim.email, kim.user_name) == ("auditor", None, "", "kim")
    words = page(boss, f"/people/{kim.pk}")
    assert "Role: from Reader to Auditor" in words
    assert "Organisation: from CVP to nothing" in words
    assert verify(None).problems == []


def test_saving_without_a_change_is_no_event(boss: Client, kim: User) -> None:
    before = Event.objects.count()
    sent = {"name": "Kim Oxley", "email": "kim@cvp.example", "role": "reader", "organisation": "CVP"}
    assert boss.post(f"/people/{kim.pk}/edit", sent).status_code == 302
    assert Event.objects.count() == before


def test_a_link_is_shown_once_and_signs_in_once(boss: Client, kim: User) -> None:
    answer = boss.post(f"/people/{kim.pk}/link")
    shown = re.search(r'value="http://testserver(/sign-in/[^"]+)"', answer.content.decode())
    assert shown is not None
    assert "no-store" in answer["Cache-Control"]
    assert "/sign-in/" not in page(boss, f"/people/{kim.pk}")
    theirs = Client()
    assert theirs.post(shown[1]).status_code == 302
    assert theirs.get("/account").status_code == 200
    assert Client().post(shown[1]).status_code == 403


def test_ending_access_works_at_once_and_can_be_undone(boss: Client, kim: User) -> None:
    theirs = Client()
    theirs.force_login(kim)
    assert theirs.get("/account").status_code == 200
    link = re.search(r'(/sign-in/[^"]+)"', boss.post(f"/people/{kim.pk}/link").content.decode())
    boss.post(f"/people/{kim.pk}/end")
    assert theirs.get("/account").status_code == 302
    assert link is not None
    assert Client().post(link[1]).status_code == 403
    assert "May not sign in" in page(boss, f"/people/{kim.pk}")
    assert boss.post(f"/people/{kim.pk}/link").status_code == 403
    boss.post(f"/people/{kim.pk}/restore")
    assert User.objects.get(pk=kim.pk).is_active
    assert theirs.get("/account").status_code == 302
    said = [e.action for e in Event.objects.order_by("-sequence")[:3]]
    assert said[0] == "organisations.person_reactivated"
    assert "organisations.person_deactivated" in said


def test_an_administrator_cannot_shut_themselves_out(boss: Client) -> None:
    me = User.objects.get(role="administrator")
    assert "End their access" not in page(boss, f"/people/{me.pk}")
    answer = boss.post(f"/people/{me.pk}/end")
    assert answer.status_code == 403
    assert "ask another administrator" in answer.content.decode()
    sent = {"name": me.name, "email": "", "role": "reader", "organisation": ""}
    refused = boss.post(f"/people/{me.pk}/edit", sent)
    assert refused.status_code == 422
    assert "ask another administrator" in refused.content.decode()
    assert User.objects.get(pk=me.pk).role == "administrator"


@pytest.mark.parametrize("step", ["sign-out", "remove-second-step", "disconnect"])
def test_every_button_answers(boss: Client, kim: User, step: str) -> None:
    assert boss.post(f"/people/{kim.pk}/{step}")["Location"] == f"/people/{kim.pk}"


def test_there_are_no_other_buttons(boss: Client, kim: User) -> None:
    assert boss.post(f"/people/{kim.pk}/promote").status_code == 404


def test_names_are_words_never_markup(boss: Client, force: Organisation) -> None:
    boss.post("/people/add", person_form(name="<script>alert(1)</script>", user_name='"><b>'))
    lee = User.objects.get(email="lee@cvp.example")
    for address in ("/people", f"/people/{lee.pk}", "/audit-trail"):
        assert "<script>alert" not in page(boss, address)
        assert '"><b>' not in page(boss, address)


# Who sees what was done


def test_sign_ins_of_others_are_nobodys_business(sign_in: SignIn, kim: User) -> None:
    record_sign_in(kim, by=kim, now=NOW, ways=["password"])
    record_lock_out(kim, by=BY, now=NOW, minutes=15)
    colleague = sign_in("liaison", organisation=kim.organisation)
    words = page(colleague, "/audit-trail")
    for said in ("signed in", "locked a name", "Kim Oxley"):
        assert said not in words
    theirs = Client()
    theirs.force_login(kim)
    assert "signed in" in page(theirs, "/audit-trail")
    assert "locked a name" in page(sign_in("administrator", name="Robin Ashdown"), "/audit-trail")


def test_ones_own_page_shows_ones_own_sign_ins(kim: User) -> None:
    record_sign_in(kim, by=kim, now=NOW, ways=["password", "code"])
    theirs = Client()
    theirs.force_login(kim)
    assert "password, code" in page(theirs, "/account")


# Owners


def test_an_officer_adds_owners_of_their_own_organisation(sign_in: SignIn, force: Organisation) -> None:
    officer = sign_in("liaison", organisation=force)
    assert "Nobody is known yet. Add the first" in page(officer, "/owners")
    sent = {
        "name": "Head of Crime",
        "kind": "post",
        "email": "crime@cvp.example",
        "user": "",
        "organisation": "CVP-PCC",
    }
    assert officer.post("/owners/add", sent)["Location"] == "/owners"
    owner = Owner.objects.get()
    assert owner.organisation == force, "what the form says of another organisation is not listened to"
    words = page(officer, "/owners")
    assert "1 owner is known" in words
    assert "Head of Crime" in words


def test_an_owner_is_changed_and_made_inactive(sign_in: SignIn, force: Organisation) -> None:
    officer = sign_in("liaison", organisation=force)
    owner = add_owner(by=BY, now=NOW, name="Head of Crime", kind="post", organisation=force)
    sent = {"name": "Head of Crime", "kind": "post", "email": "", "user": ""}
    assert officer.post(f"/owners/{owner.pk}", sent)["Location"] == f"/owners/{owner.pk}"
    owner.refresh_from_db()
    assert not owner.active
    assert "May own work: from yes to no" in page(officer, f"/owners/{owner.pk}")


def test_an_owner_twice_is_refused_in_words(sign_in: SignIn, force: Organisation) -> None:
    officer = sign_in("liaison", organisation=force)
    sent = {"name": "Head of Crime", "kind": "post", "email": "", "user": ""}
    officer.post("/owners/add", sent)
    again = officer.post("/owners/add", sent)
    assert again.status_code == 422
    assert "already" in again.content.decode()


@pytest.mark.parametrize("role", ["owner", "reader", "analyst", "auditor", "committee_member"])
def test_others_look_at_owners_and_change_nothing(sign_in: SignIn, force: Organisation, role: str) -> None:
    owner = add_owner(by=BY, now=NOW, name="Head of Crime", organisation=force)
    client = sign_in(role, organisation=force)
    assert "Add an owner" not in page(client, "/owners")
    assert '<form method="post" novalidate' not in page(client, f"/owners/{owner.pk}")
    sent = {"name": "Mine now", "kind": "post", "email": "", "user": ""}
    assert client.post(f"/owners/{owner.pk}", sent).status_code == 403
    assert client.post("/owners/add", sent).status_code == 403
    assert Owner.objects.get().name == "Head of Crime"


def test_owners_of_another_organisation_are_not_there(sign_in: SignIn, force: Organisation) -> None:
    theirs = add_owner(by=BY, now=NOW, name="Quokka of theirs", organisation=force)
    stranger = sign_in("lpb_officer", organisation=Organisation.objects.get(code="CVP-PCC"))
    assert stranger.get(f"/owners/{theirs.pk}").status_code == 404
    for address in ("/owners", "/owners?words=quokka", "/audit-trail", "/owners/add"):
        assert "Quokka of theirs" not in page(stranger, address), address
    assert "Nobody is known yet" in page(stranger, "/owners")


def test_accounts_of_another_organisation_are_not_offered(sign_in: SignIn, kim: User) -> None:
    stranger = sign_in("lpb_officer", organisation=Organisation.objects.get(code="CVP-PCC"))
    assert "Kim Oxley" not in page(stranger, "/owners/add")
    sent = {"name": "X", "kind": "person", "email": "", "user": str(kim.pk)}
    assert stranger.post("/owners/add", sent).status_code == 422
