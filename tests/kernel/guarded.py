"""A site with one anonymous form, for the tests of what guards such forms."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bala.kernel import limits
from bala.kernel.guarded_forms import Allowance, GuardedForm
from bala.urls import urlpatterns as all_of_bala

ALLOWANCE = Allowance("tests.word", with_proof=4, without=2)


class WordForm(GuardedForm):
    """Takes a word."""

    allowance: ClassVar[Allowance] = ALLOWANCE
    word = forms.CharField(max_length=5)


@csrf_exempt
@login_not_required
def word(request: HttpRequest) -> HttpResponse:
    """Show the form; say the word once it is taken."""
    form = WordForm(request.POST or None, visitor=limits.visitor(request))
    context: dict[str, Any] = {"form": form, "taken": ""}
    if form.is_valid():
        context["taken"] = form.cleaned_data["word"]
    return render(request, "guarded.html", context, status=form.status)


urlpatterns: list[Any] = [path("word/", word, name="word"), *all_of_bala]
