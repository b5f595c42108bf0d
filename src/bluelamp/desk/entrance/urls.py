"""Which address is about coming in, one's own account, people and owners?"""

from __future__ import annotations

from django.urls import path

from bluelamp.desk.views import account, people, sign_in

pages = [
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-in/code", sign_in.second_step, name="second_step"),
    path("sign-in/again", sign_in.start_again, name="start_again"),
    path("sign-in/with/<slug:slug>", sign_in.start_sign_on, name="start_sign_on"),
    path("sign-in/<str:secret>", sign_in.use_link, name="use_link"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("account", account.account, name="account"),
    path("account/password", account.password, name="password"),
    path("account/second-step", account.second_step_set_up, name="second_step_set_up"),
    path("account/second-step/remove", account.remove_second_step, name="remove_second_step"),
    path("account/recovery-codes", account.recovery_codes, name="recovery_codes"),
    path("account/prove", account.prove, name="prove"),
    path("account/sign-out-everywhere", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("people", people.people, name="people"),
    path("people/add", people.add_person, name="add_person"),
    path("people/<uuid:pk>", people.person, name="person"),
    path("people/<uuid:pk>/edit", people.edit_person, name="edit_person"),
    path("people/<uuid:pk>/link", people.make_link, name="make_link"),
    path("people/<uuid:pk>/<slug:step>", people.change_access, name="change_access"),
    path("owners", people.owners, name="owners"),
    path("owners/add", people.add_owner, name="add_owner"),
    path("owners/<uuid:pk>", people.owner, name="owner"),
]

allauth_pages = [  # by the names that django-allauth looks for
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-in/code", sign_in.second_step, name="mfa_authenticate"),
    path("sign-in/with/<slug:provider_id>/back", sign_in.sign_on_back, name="openid_connect_callback"),
]
