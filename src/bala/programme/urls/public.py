"""What everybody may read."""

from django.urls import path

from bala.programme.views import public

urlpatterns = [
    path("c/<slug:slug>/programme/", public.programme, name="programme"),
    path("c/<slug:slug>/block/<int:number>/", public.block, name="block"),
    path("c/<slug:slug>/activity/<str:public_id>/", public.activity, name="activity"),
    path("c/<slug:slug>/event/<str:public_id>/", public.item, name="item"),
    path(
        "c/<slug:slug>/event/<str:public_id>/calendar.ics",
        public.item_calendar,
        name="item_calendar",
    ),
]
