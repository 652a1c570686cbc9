"""Designs, certificates, and lists by which many are issued."""

from bala.certificates.models.batches import Batch, PrintRun
from bala.certificates.models.certificates import Certificate, Series
from bala.certificates.models.designs import Design

__all__ = ["Batch", "Certificate", "Design", "PrintRun", "Series"]
