"""Moving the demonstration's clock."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bala.demo.access import demonstration_only
from bala.demo.actions import move_clock


@login_not_required
@require_POST
@csrf_exempt  # public pages carry no token, so that a cache can keep them; nobody gains by this
def move(request: HttpRequest) -> HttpResponse:
    """Let the demonstration stand on another day."""
    demonstration_only()
    move_clock(step=request.POST.get("to", ""))
    back = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else "pages:home")
