"""Where the room uses files: for the page of one's own files."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from bala.files.models import StoredFile
from bala.files.queries import Use
from bala.programme.models import Picture


def uses(files: Collection[StoredFile]) -> Iterator[Use]:
    """Return the activities whose pictures the files are; one query."""
    found = Picture.objects.filter(file__in=files).select_related("activity", "campaign")
    for picture in found.order_by("pk"):
        slug, number = picture.campaign.slug, picture.activity.public_id
        url = reverse("programme:activity", kwargs={"slug": slug, "public_id": number})
        yield Use(picture.file_id, str(picture.activity.title), url)
