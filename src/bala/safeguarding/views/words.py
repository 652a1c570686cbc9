"""The lists of words that the screening looks for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bala.kernel.errors import PersonError
from bala.safeguarding.access import coordinating_desk
from bala.safeguarding.actions.words import add_word, switch_word
from bala.safeguarding.enums import WordKind
from bala.safeguarding.forms import WordForm
from bala.safeguarding.queries.screening import screen
from bala.safeguarding.queries.texts import cut
from bala.safeguarding.queries.words import all_words


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """Show the lists, try a text on them, add a word."""
    desk = coordinating_desk(request.user)
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            add_word(
                by=desk.account,
                kind=WordKind(data["kind"]),
                language=data["language"],
                words=data["words"],
            )
        except PersonError as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, _("From now on the screening looks for it."))
            return redirect("safeguarding:words")
    tried = request.GET.get("text", "")[:2000]
    found = [finding.stored() for finding in screen(tried)] if tried else []
    listed = all_words()
    context = {
        "form": form,
        "tried": tried,
        "tried_pieces": cut(tried, found),
        "nothing_found": bool(tried) and not found,
        "lists": [(kind, [word for word in listed if word.kind == kind]) for kind in WordKind],
    }
    return render(request, "safeguarding/words.html", context, status=422 if form.errors else 200)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Look for a word no longer, or again."""
    desk = coordinating_desk(request.user)
    kind = request.POST.get("kind", "")
    if kind in WordKind.values:
        off = request.POST.get("off") == "1"
        switch_word(
            by=desk.account, kind=WordKind(kind), words=request.POST.get("words", ""), off=off
        )
        messages.success(
            request,
            _("The screening no longer looks for it.")
            if off
            else _("From now on the screening looks for it."),
        )
    return redirect("safeguarding:words")
