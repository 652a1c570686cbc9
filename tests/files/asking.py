"""A site with one form that asks for files, for the tests of the field."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from bala.files.actions import claim
from bala.files.enums import FileKind
from bala.files.forms import UploadField, new_ones, uploads_by
from bala.people.models import Account
from bala.urls import urlpatterns as all_of_bala


class PlaceForm(forms.Form):
    """Takes a name and up to three pictures or films."""

    name = forms.CharField(max_length=20)
    pictures = UploadField(kinds=[FileKind.PICTURE], most=3, help_text="What is good here?")


def place(request: HttpRequest) -> HttpResponse:
    """Show the form; claim the files once all is right."""
    account = request.user
    assert isinstance(account, Account)
    form = PlaceForm(request.POST or None, request.FILES or None)
    uploads_by(form, account)
    if request.method == "POST" and form.is_valid():
        claim(owner=account, files=new_ones(form.cleaned_data["pictures"]))
        return redirect("/en/place/taken/")
    status = 422 if form.is_bound else 200
    return render(request, "asking.html", {"form": form}, status=status)


def taken(request: HttpRequest) -> HttpResponse:
    """Say that it worked."""
    return HttpResponse("taken")


urlpatterns: list[Any] = [
    *(path(f"{language}/place/", place) for language in ("kk", "ru", "en")),
    path("en/place/taken/", taken),
    *all_of_bala,
]
