"""The demonstration's door exists in the demonstration alone."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bala.demo.models import Post
from bala.kernel.errors import NotHere


def demonstration_only() -> None:
    """Raise NotHere unless this is a demonstration."""
    if not settings.BALA_DEMO:
        raise NotHere(_("This is not a demonstration."))


def post_to_read(public_id: str) -> Post:
    """Return a letter of the demonstration, or raise NotHere; everybody may read all of them."""
    post = Post.objects.filter(public_id=public_id).first()
    if post is None:
        raise NotHere(_("There is no such letter."))
    return post
