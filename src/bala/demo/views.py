"""What only the demonstration has: its clock, its letters, its Telegram."""

import secrets

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bala.demo.access import demonstration_only, post_to_read
from bala.demo.actions import move_clock
from bala.demo.actions.mailbox import say_to_bot
from bala.demo.queries import posts_in_chat, posts_to
from bala.kernel.keyset import page_of
from bala.people.models import Account

PAGE = 40
CHAT = "demo.chat"  # in the session: the number of the visitor's chat with the bot


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


@login_not_required
@never_cache
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """List what would have been sent, the newest first."""
    demonstration_only()
    to = request.GET.get("to", "").strip()
    page = page_of(posts_to(to), order=["-pk"], cursor=request.GET.get("cursor", ""), size=PAGE)
    return render(request, "demo/letters.html", {"page": page, "to": to})


@login_not_required
@never_cache
@require_safe
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one letter as it looks in a mailbox."""
    demonstration_only()
    post = post_to_read(public_id)
    # Inside a frame its links must open in the whole window; styles of its own are not let in there.
    html = post.html.replace("<head>", '<head><base target="_top">', 1)
    html = html.replace(' style="max-width: 600px"', "")
    return render(request, "demo/letter.html", {"post": post, "html": html})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def telegram(request: HttpRequest, bot: str) -> HttpResponse:
    """Be a chat with the bot, in place of Telegram."""
    demonstration_only()
    user, asked = request.user, get_language()
    if isinstance(user, Account) and request.method == "GET" and user.language != asked:
        # The link that brings people here knows no language, as Telegram's own.
        own = translate_url(request.get_full_path(), user.language)
        if "start" in request.GET and own != request.get_full_path():
            return redirect(own)
    chat = request.session.setdefault(CHAT, secrets.randbelow(10**9) + 1)
    if request.method == "POST":
        say_to_bot(chat=chat, text=request.POST.get("text", "")[:300])
        return redirect("demo:telegram", bot=bot)
    context = {
        "bot": bot,
        "code": request.GET.get("start", ""),
        "posts": posts_in_chat(chat),
    }
    return render(request, "demo/telegram.html", context)
