"""What can be wrong with a document that a person gives us, each told in one sentence."""

from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import PersonError


class UnreadableDocument(PersonError):
    """The document cannot be read at all."""

    message = _("The document cannot be read.")

    def __init__(self) -> None:
        super().__init__(type(self).message)


class MissingDocument(UnreadableDocument):
    """There is no such file, or it may not be opened."""

    message = _("There is no such file, or it cannot be opened.")


class EmptyDocument(UnreadableDocument):
    """Nothing at all stands in the file."""

    message = _("The file is empty.")


class DocumentTooLarge(UnreadableDocument):
    """The file is larger than what is accepted."""

    message = _("The file is too large: leave out the pictures and try again.")


class ArchiveBomb(UnreadableDocument):
    """The file unpacks to far more than a document can hold."""

    message = _("The file unpacks to more than a document can hold, so it was not opened.")


class DangerousMarkup(UnreadableDocument):
    """The file's XML defines entities, which an honest document never does."""

    message = _("The file contains XML that an ordinary document never has, so it was not opened.")


class DamagedDocument(UnreadableDocument):
    """The file is cut off or broken."""

    message = _("The file is damaged or incomplete: save the document again and send it once more.")


class EncryptedDocument(UnreadableDocument):
    """The file is locked with a password."""

    message = _("The document is locked with a password: remove the password and try again.")


class LegacyWordDocument(UnreadableDocument):
    """The file is in the Word format of before 2007."""

    message = _("This is the old .doc format of Word: save the document as .docx and try again.")


class ScannedDocument(UnreadableDocument):
    """The PDF holds pictures of pages and no text."""

    message = _("The PDF has no text, only pictures of pages: send the document it was made from.")


class PictureDocument(UnreadableDocument):
    """The file is a picture, whatever its name says."""

    message = _("The file is a picture, not a document.")


class UnknownFormat(UnreadableDocument):
    """The file is of no format that is read here."""

    message = _("The format is not known: send a .docx, .odt, .pdf, .txt or .md document.")


class NotAConcept(PersonError):
    """The document can be read, but it is neither a concept, nor a plan, nor contest rules."""

    message = _("The document is neither a concept, nor a plan of activities, nor contest rules.")

    def __init__(self) -> None:
        super().__init__(type(self).message)


class ReportGiven(NotAConcept):
    """A report on what was held."""

    message = _(
        "The document is a report on what was already held,"
        " not a concept, plan of activities or contest rules."
    )


class FormGiven(NotAConcept):
    """An application, a questionnaire or another form to fill."""

    message = _(
        "The document is an application or another form to fill,"
        " not a concept, plan of activities or contest rules."
    )


class LetterGiven(NotAConcept):
    """A letter, order, minutes or agreement without a programme in it."""

    message = _(
        "The document is a letter, an order, minutes or an agreement without a programme,"
        " not a concept, plan of activities or contest rules."
    )


class NoActivitiesFound(NotAConcept):
    """Nothing in the document reads as a list or table of activities."""

    message = _(
        "No blocks, lists or tables of activities were found in the document,"
        " so it is not a concept, plan of activities or contest rules."
    )
