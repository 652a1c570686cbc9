"""Addresses of certificates and their verification."""

from django.urls import path

from bala.certificates.views import family, public

app_name = "certificates"
urlpatterns = [
    path("v/", public.check, name="check"),
    path("v/<str:code>/", public.verify, name="verify"),
    path("family/certificates/", family.certificates, name="family"),
    path("family/certificates/<str:public_id>.pdf", family.pdf, name="family_pdf"),
    path("family/certificates/<str:public_id>.png", family.picture, name="family_picture"),
]
