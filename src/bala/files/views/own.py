"""One's own files."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bala.files.access import own_file
from bala.files.enums import FileState
from bala.files.queries import thumbnail, why_refused
from bala.kernel.errors import PersonError


@never_cache
@require_safe
def state(request: HttpRequest, public_id: str) -> JsonResponse:
    """Tell how far a file of one's own is, for the field that has just sent it."""
    try:
        file = own_file(request.user, public_id)
    except PersonError as error:
        return JsonResponse({"words": str(error)}, status=error.status)
    refused = file.state == FileState.REFUSED
    return JsonResponse(
        {
            "state": file.state,
            "progress": file.progress,
            "words": why_refused(file) if refused else file.get_state_display(),
            "picture": thumbnail(file),
        }
    )
