"""Where Telegram brings what is said to the bot."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bala.notify.access import telegram_only
from bala.notify.actions.bot import take_update


@csrf_exempt  # Telegram shows the secret of the settings instead
@login_not_required
@require_POST
def telegram(request: HttpRequest) -> HttpResponse:
    """Take an update; what the bot says goes back as the answer, as the Bot API allows."""
    telegram_only(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
    try:
        update = json.loads(request.body)
    except ValueError:
        return HttpResponseBadRequest()
    said = take_update(update)
    return JsonResponse({} if said is None else {"method": "sendMessage", **said.as_call()})
