"""Addresses of the room."""

from django.urls import path

from bala.pages.views import canary, console, feeds, public, search, styleguide

app_name = "pages"
urlpatterns = [
    path("", public.home, name="home"),
    path("search/", search.search, name="search"),
    path("help/", search.helplines, name="helplines"),
    path("about/", search.about, name="about"),
    path("privacy/", search.privacy, name="privacy"),
    path("privacy/children/", search.privacy_children, name="privacy_children"),
    path("safety/canary/", canary.canary, name="canary"),
    path("manifest.webmanifest", feeds.manifest, name="manifest"),
    path("c/<slug:slug>/regions/", public.regions, name="regions"),
    path("c/<slug:slug>/region/<str:iso_code>/", public.region, name="region"),
    path("c/<slug:slug>/day/<str:day>/", public.day, name="day"),
    path("c/<slug:slug>/calendar/", public.calendar, name="calendar"),
    path("c/<slug:slug>/calendar.ics", feeds.campaign_calendar, name="campaign_calendar"),
    path("c/<slug:slug>/news.atom", feeds.campaign_news, name="campaign_news"),
    path(
        "c/<slug:slug>/region/<str:iso_code>/calendar.ics",
        feeds.region_calendar,
        name="region_calendar",
    ),
    path("c/<slug:slug>/region/<str:iso_code>/news.atom", feeds.region_news, name="region_news"),
    path(
        "c/<slug:slug>/block/<int:number>/calendar.ics", feeds.block_calendar, name="block_calendar"
    ),
    path(
        "c/<slug:slug>/region/<str:iso_code>/block/<int:number>/calendar.ics",
        feeds.region_block_calendar,
        name="region_block_calendar",
    ),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("console/", console.console, name="console"),
]
