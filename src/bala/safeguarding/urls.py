"""Addresses of moderation, reports by the public and the record of who saw a child's data."""

from django.urls import path

from bala.safeguarding.views import public, queue, words

app_name = "safeguarding"
urlpatterns = [
    path("console/moderation/", queue.index, name="queue"),
    path("console/moderation/next/", queue.take_next, name="next"),
    path("console/moderation/second-looks/", queue.second_looks, name="second_looks"),
    path("console/moderation/second-looks/<str:public_id>/", queue.second_look, name="second_look"),
    path("console/moderation/words/", words.words, name="words"),
    path("console/moderation/words/switch/", words.switch, name="switch_word"),
    path("console/moderation/<str:public_id>/", queue.item, name="item"),
    path("console/moderation/<str:public_id>/back/", queue.give_back, name="give_back"),
    path("console/moderation/<str:public_id>/down/", queue.down, name="down"),
    path("report/answer/", public.answer, name="answer"),
    path("report/<str:public_id>/", public.report, name="report"),
    path("sent/<str:public_id>/", public.mine, name="mine"),
    path("sent/<str:public_id>/withdraw/", public.take_back, name="withdraw"),
]
