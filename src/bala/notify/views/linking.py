"""Linking a Telegram chat or a telephone to one's account."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bala.kernel import limits
from bala.kernel.errors import PersonError
from bala.notify.access import linkable
from bala.notify.actions.linking import start_telegram, unlink
from bala.notify.enums import Way
from bala.notify.forms import CodeForm, PhoneForm
from bala.notify.queries.addresses import (
    address_of,
    awaits_code,
    code_could_not_be_sent,
    shown_phone,
    telegram_url,
)

SESSION_KEY = "notify.telegram_code"  # the database keeps only its hash


@never_cache
@require_http_methods(["GET", "POST"])
def telegram(request: HttpRequest) -> HttpResponse:
    """Show a link that opens the bot's chat and links it."""
    account = linkable(request.user, Way.TELEGRAM)
    if request.method == "POST":
        try:
            request.session[SESSION_KEY] = start_telegram(account=account)
        except PersonError as error:
            messages.error(request, str(error))
        return redirect(request.get_full_path())
    address = address_of(account, Way.TELEGRAM)
    code = request.session.get(SESSION_KEY, "") if awaits_code(address) else ""
    context = {
        **_shell(request),
        "address": address,
        "link": telegram_url(code) if code else "",
    }
    return render(request, "notify/telegram.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """Take a telephone, send a code there, and take the code."""
    account = linkable(request.user, Way.SMS)
    address = address_of(account, Way.SMS)
    is_code = "code" in request.POST
    number_form = PhoneForm(
        None if is_code else request.POST or None,
        account=account,
        visitor=limits.visitor(request),
    )
    code_form = CodeForm(request.POST if is_code else None, account=account)
    form = code_form if is_code else number_form
    if request.method == "POST" and form.save():
        if is_code:
            messages.success(
                request, _("Your telephone is confirmed. Now choose which letters come there.")
            )
            return redirect(_letters(request))
        return redirect(request.get_full_path())
    asks_anew = "anew" in request.GET or number_form.is_bound
    context = {
        **_shell(request),
        "address": address,
        "shown": shown_phone(address.value) if address is not None else "",
        "asks_code": awaits_code(address) and not asks_anew,
        "failed": awaits_code(address) and code_could_not_be_sent(account),
        "number_form": number_form,
        "code_form": code_form,
    }
    return render(request, "notify/phone.html", context, status=form.status)


@require_POST
def forget(request: HttpRequest, way: str) -> HttpResponse:
    """Unlink a chat or telephone."""
    chosen = Way.TELEGRAM if way == "telegram" else Way.SMS
    account = linkable(request.user, chosen)
    unlink(account=account, way=chosen)
    messages.success(request, _("Unlinked. What came there comes by e-mail again."))
    return redirect(_letters(request))


def _shell(request: HttpRequest) -> dict[str, Any]:
    """Return in which of the two shells the page stands: people may come from either."""
    family = "family" in request.GET
    return {
        "base": "people/family/base.html" if family else "pages/console.html",
        "back_url": _letters(request),
        "suffix": "?family=1" if family else "",
    }


def _letters(request: HttpRequest) -> str:
    return reverse("notify:family_letters" if "family" in request.GET else "notify:letters")
