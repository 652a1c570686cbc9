"""Files that people send, and what is made of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bala.files.enums import FileKind, FileState, Refusal
from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.people.models import Account, Child


class StoredFile(models.Model):
    """A picture, film or document somebody sent. What is shown of it are its renditions.

    The original lies in the folder of uploads, outside the storage that is delivered from, until
    the renditions stand; then it is gone.
    """

    public_id = PublicIdField()
    kind = models.CharField(_("kind"), max_length=10, choices=FileKind)
    state = models.CharField(
        _("state"), max_length=10, choices=FileState, default=FileState.PROCESSING
    )
    owner = models.ForeignKey(Account, models.PROTECT, related_name="files")
    # Whom it shows, or who made it: public only while that child's consents stand.
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="files")
    # Brothers and sisters who can be seen too: their consents have to stand as well.
    others = models.ManyToManyField(Child, blank=True, related_name="+")
    refusal = models.CharField(max_length=12, choices=Refusal, blank=True)
    original = models.CharField(max_length=40, blank=True)  # its name in the folder of uploads
    bytes = models.BigIntegerField(_("bytes"))  # of the original; what counts for the quota
    sha256 = models.CharField(max_length=64, blank=True)  # of the original, in hexadecimal
    width = models.PositiveIntegerField(null=True, blank=True)  # upright, in pixels
    height = models.PositiveIntegerField(null=True, blank=True)
    duration = models.FloatField(null=True, blank=True)  # in seconds
    colour = models.CharField(max_length=7, blank=True)  # "#rrggbb", shown until the picture is
    progress = models.PositiveSmallIntegerField(default=0)  # of the preparation, in per cent
    released_at = models.DateTimeField(null=True, blank=True)  # null: not public
    claimed_at = models.DateTimeField(null=True, blank=True)  # null: no other room uses it yet
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["owner", "-created_at"]),
            models.Index(
                fields=["created_at"],
                condition=Q(claimed_at__isnull=True) & ~Q(state="deleted"),
                name="files_unclaimed",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="file_refused_for_a_reason",
                condition=Q(state="refused") & ~Q(refusal="") | ~Q(state="refused"),
            ),
            models.CheckConstraint(
                name="file_released_when_ready",
                condition=Q(released_at__isnull=True)
                | Q(state="ready", kind__in=["picture", "film"]),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_film(self) -> bool:
        return self.kind == FileKind.FILM

    @property
    def is_ready(self) -> bool:
        return self.state == FileState.READY


class Rendition(models.Model):
    """Something made of a file that can be delivered: a size of a picture, a film, its poster."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=20)  # "w320", "poster", "mp4_480", "hls"…
    path = models.CharField(max_length=80, unique=True)  # in the storage; random
    content_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["file", "name"]
        constraints = [models.UniqueConstraint(fields=["file", "name"], name="rendition_name_once")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.name}"


class Upload(models.Model):
    """A file on its way by the tus protocol: how many bytes are safely on the disk."""

    personal: ClassVar = ("name", "metadata")

    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="upload")
    name = models.CharField(
        max_length=200, blank=True
    )  # for its owner to recognise; never shown on
    metadata = models.CharField(max_length=2000, blank=True)  # as the client gave it
    length = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)  # confirmed bytes: written, synced, then counted
    # Who may write: each request that writes takes the next turn, and an older one writes no more.
    turn = models.PositiveIntegerField(default=0)
    active_until = models.DateTimeField(null=True, blank=True)  # by the database's clock
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"])]
        constraints = [
            models.CheckConstraint(
                name="upload_offset_within_length",
                condition=Q(offset__gte=0, offset__lte=models.F("length"), length__gt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.offset}/{self.length}"
