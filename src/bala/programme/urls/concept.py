"""Bringing a concept in, and the campaign's own texts."""

from django.urls import URLPattern, path

from bala.programme.views import activities, campaigns, concept, concept_lines

_DOCUMENT = "console/concepts/<slug:public_id>"
_CAMPAIGN = "console/<slug:slug>/campaign"

urlpatterns: list[URLPattern] = [
    path("console/concepts/", concept.concepts, name="concepts"),
    path("console/concepts/upload/", concept.concept_upload, name="concept_upload"),
    path(f"{_DOCUMENT}/", concept.concept_review, name="concept_review"),
    path(f"{_DOCUMENT}/publish/", concept.concept_publish, name="concept_publish"),
    path(f"{_DOCUMENT}/attach/", concept.concept_attach, name="concept_attach"),
    path(f"{_DOCUMENT}/discard/", concept.concept_discard, name="concept_discard"),
    path(f"{_DOCUMENT}/front/", concept_lines.concept_front, name="concept_front"),
    path(f"{_DOCUMENT}/block/add/", concept_lines.concept_block_add, name="concept_block_add"),
    path(f"{_DOCUMENT}/block/<slug:key>/", concept_lines.concept_block, name="concept_block"),
    path(
        f"{_DOCUMENT}/block/<slug:key>/add/",
        concept_lines.concept_line_add,
        name="concept_line_add",
    ),
    path(
        f"{_DOCUMENT}/block/<slug:key>/delete/",
        concept_lines.concept_block_delete,
        name="concept_block_delete",
    ),
    path(f"{_DOCUMENT}/line/<slug:key>/", concept_lines.concept_line, name="concept_line"),
    path(f"{_DOCUMENT}/line/<slug:key>/split/", concept_lines.concept_split, name="concept_split"),
    path(
        f"{_DOCUMENT}/line/<slug:key>/stages/",
        concept_lines.concept_stages,
        name="concept_stages",
    ),
    path(f"{_DOCUMENT}/line/<slug:key>/pair/", concept_lines.concept_pair, name="concept_pair"),
    path(f"{_DOCUMENT}/line/<slug:key>/merge/", concept_lines.concept_merge, name="concept_merge"),
    path(f"{_DOCUMENT}/line/<slug:key>/move/", concept_lines.concept_move, name="concept_move"),
    path(
        f"{_DOCUMENT}/line/<slug:key>/delete/",
        concept_lines.concept_line_delete,
        name="concept_line_delete",
    ),
    path(f"{_CAMPAIGN}/", campaigns.campaign_edit, name="campaign_edit"),
    path(f"{_CAMPAIGN}/status/", campaigns.campaign_status, name="campaign_status"),
    path(f"{_CAMPAIGN}/texts/", campaigns.campaign_texts, name="campaign_texts"),
    path(f"{_CAMPAIGN}/texts/<slug:public_id>/", campaigns.campaign_text, name="campaign_text"),
    path(
        f"{_CAMPAIGN}/activity/<slug:public_id>/",
        activities.activity_edit,
        name="campaign_activity",
    ),
    path(
        f"{_CAMPAIGN}/activity/<slug:public_id>/stages/",
        activities.activity_stages,
        name="campaign_stages",
    ),
    path(f"{_CAMPAIGN}/carry/", campaigns.campaign_carry, name="campaign_carry"),
    path(
        "console/<slug:slug>/not-applicable/<slug:iso>/",
        activities.not_applicable,
        name="not_applicable",
    ),
]
