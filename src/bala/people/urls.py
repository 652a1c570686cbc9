"""Addresses of the room."""

from django.urls import path, re_path

from bala.people.views import (
    breaches,
    children,
    consents,
    data,
    family,
    groups,
    guardians,
    institutions,
    rights,
)

app_name = "people"
urlpatterns = [
    path("console/me/", rights.me, name="me"),
    path("console/me/language/", rights.language, name="language"),
    path("console/<slug:slug>/people/", rights.rights, name="rights"),
    path("console/<slug:slug>/people/breaches/", breaches.breaches, name="breaches"),
    path("console/<slug:slug>/people/breaches/<str:public_id>/", breaches.breach, name="breach"),
    path(
        "console/<slug:slug>/people/breaches/<str:public_id>/approve/",
        breaches.approve,
        name="breach_approve",
    ),
    path(
        "console/<slug:slug>/people/breaches/<str:public_id>/take/",
        breaches.take,
        name="breach_take",
    ),
    path("console/<slug:slug>/people/give/", rights.give, name="give"),
    path("console/<slug:slug>/people/<str:public_id>/take/", rights.take, name="take"),
    path("invited-only/", rights.invited_only, name="invited_only"),
    path("mine/", family.mine, name="mine"),
    path("family/", family.home, name="family"),
    path("family/children/add/", family.child_add, name="child_add"),
    path("family/schools/", family.schools, name="schools"),
    path("family/children/<str:public_id>/", family.child, name="child"),
    path("family/children/<str:public_id>/edit/", family.child_edit, name="child_edit"),
    path("family/children/<str:public_id>/remove/", family.child_remove, name="child_remove"),
    path("family/children/<str:public_id>/seen/", family.seen, name="seen"),
    path("family/children/<str:public_id>/consents/", consents.consents, name="consents"),
    path("family/children/<str:public_id>/consents/withdraw/", consents.withdraw, name="withdraw"),
    path("family/children/<str:public_id>/consents/history/", consents.history, name="history"),
    path(
        "family/children/<str:public_id>/consents/<str:consent_id>/",
        consents.receipt,
        name="receipt",
    ),
    path("family/children/<str:public_id>/guardians/invite/", guardians.invite, name="invite"),
    path(
        "family/children/<str:public_id>/guardians/invitations/<str:invitation_id>/cancel/",
        guardians.invite_cancel,
        name="invite_cancel",
    ),
    path("family/children/<str:public_id>/guardians/leave/", guardians.leave, name="leave"),
    path("family/join/<str:token>/", guardians.join, name="join"),
    path(
        "family/children/<str:public_id>/sign-in/",
        children.sign_in_settings,
        name="sign_in_settings",
    ),
    path(
        "family/children/<str:public_id>/sign-in/stop/", children.sign_in_stop, name="sign_in_stop"
    ),
    path("family/children/<str:public_id>/sign-in/card/", children.card_make, name="card_make"),
    path(
        "family/children/<str:public_id>/sign-in/card/revoke/",
        children.card_revoke,
        name="card_revoke",
    ),
    path("family/children/<str:public_id>/activity/", children.activity, name="activity"),
    path("me/", children.home, name="child_home"),
    path("me/sign-in/", children.sign_in, name="child_sign_in"),
    path("me/sign-out/", children.sign_out, name="child_sign_out"),
    path("me/card/<str:token>/", children.card, name="card"),
    path("console/institutions/", institutions.institutions, name="institutions"),
    path("console/institutions/<str:public_id>/", institutions.institution, name="institution"),
    path("console/institutions/<str:public_id>/list/", institutions.child_list, name="child_list"),
    path(
        "console/institutions/<str:public_id>/list/<str:import_id>/",
        institutions.child_list_preview,
        name="child_list_preview",
    ),
    path(
        "console/institutions/<str:public_id>/consents/",
        institutions.paper_consents,
        name="paper_consents",
    ),
    path("console/groups/", groups.groups, name="groups"),
    path("console/groups/add/", groups.group_add, name="group_add"),
    path("console/groups/<str:public_id>/", groups.group_edit, name="group_edit"),
    path("console/groups/<str:public_id>/close/", groups.group_close, name="group_close"),
    path("family/data/", data.data, name="data"),
    path("family/data/take-out/", data.take_out, name="take_out"),
    re_path(
        r"^family/data/(?P<public_id>[a-z0-9]+)\.(?P<ending>json|pdf)$",
        data.take_out_file,
        name="take_out_file",
    ),
    path("family/data/erase/", data.erase, name="erase"),
    path("family/data/erase/cancel/", data.erase_cancel, name="erase_cancel"),
    path("consent/<str:token>/", consents.withdraw_link, name="withdraw_link"),
]
