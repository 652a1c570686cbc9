"""A teacher's groups, as numbers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bala.kernel.errors import EditConflict, PersonError
from bala.people.access import grown_up
from bala.people.access.institutions import group_keeper, kept_group
from bala.people.actions.groups import close_group
from bala.people.forms.institutions import GroupForm
from bala.people.models import ClassGroup
from bala.people.queries.institutions import groups_of


@never_cache
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The groups of the person's school."""
    found = [(one, list(groups_of(one))) for one in group_keeper(request.user)]
    return render(request, "people/groups/list.html", {"organisations": found})


@never_cache
@require_http_methods(["GET", "POST"])
def group_add(request: HttpRequest) -> HttpResponse:
    """Add a group."""
    group_keeper(request.user)
    return _edit(request, None)


@never_cache
@require_http_methods(["GET", "POST"])
def group_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a group."""
    return _edit(request, kept_group(request.user, public_id))


@require_POST
def group_close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a group be offered no longer."""
    group = kept_group(request.user, public_id)
    close_group(group=group)
    messages.success(request, _("The group is closed."))
    return redirect("people:groups")


def _edit(request: HttpRequest, group: ClassGroup | None) -> HttpResponse:
    form = GroupForm(
        request.POST if request.method == "POST" else None,
        keeper=grown_up(request.user),
        organisations=group_keeper(request.user),
        group=group,
    )
    status = None
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except EditConflict as error:
            form.add_error(None, str(error))
            status = 409
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is saved."))
            return redirect("people:groups")
    return render(
        request,
        "people/groups/form.html",
        {"form": form, "group": group},
        status=status or (422 if form.errors else 200),
    )
