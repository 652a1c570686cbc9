"""The demonstration campaign, from its concept document to results of its first days."""

import json

from django.db import transaction

from bala.demo.actions.certificates import make_certificates
from bala.demo.actions.country import DATA, load_districts, load_organisations
from bala.demo.actions.families import make_families
from bala.demo.actions.letters import make_letters
from bala.demo.actions.people import give_roles, make_account
from bala.demo.actions.pictures import make_pictures
from bala.demo.actions.plans import plan_everything
from bala.demo.actions.results import hold_until
from bala.demo.actions.second_factor import make_second_factor
from bala.demo.enums import CAMPAIGN_SLUG, FIRST_STEP
from bala.demo.queries import moment_of
from bala.kernel import clock
from bala.people.actions import found_campaign_rights, load_consent_notices
from bala.programme.actions.campaigns import set_programme_texts
from bala.programme.actions.concept import import_concept, publish_concept
from bala.programme.models import Campaign
from bala.territory.actions import load_reference_data
from bala.territory.models import Organisation

CONCEPT = DATA / "concept-2021.ru.docx"
TEXTS = DATA / "programme-texts.json"


@transaction.atomic
def load_demonstration() -> Campaign:
    """Make the demonstration, unless it is there; return its campaign."""
    known = Campaign.objects.filter(slug=CAMPAIGN_SLUG).first()
    if known is not None:
        make_families()
        make_second_factor()
        make_certificates()
        make_letters(known)
        make_pictures(known)
        return known
    load_reference_data()
    load_consent_notices()
    coordinator = make_account("coordinator")
    found_campaign_rights(
        account=coordinator, campaign_slug=CAMPAIGN_SLUG, reason="Приказ № 198 от 04.05.2021"
    )
    document = import_concept(account=coordinator, filename=CONCEPT.name, data=CONCEPT.read_bytes())
    campaign = publish_concept(account=coordinator, document=document, slug=CAMPAIGN_SLUG)
    if TEXTS.exists():
        set_programme_texts(campaign=campaign, texts=json.loads(TEXTS.read_text("utf-8")))
    organisations: list[Organisation] = load_organisations(load_districts())
    give_roles(campaign)
    make_second_factor()
    make_families()
    plan_everything(campaign, organisations)
    hold_until(campaign, moment_of(FIRST_STEP).astimezone(clock.NATIONAL_ZONE).date())
    make_pictures(campaign)
    make_certificates()
    make_letters(campaign)
    return campaign
