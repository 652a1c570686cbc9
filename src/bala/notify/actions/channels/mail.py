"""E-mail, through the mail server of the settings."""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from bala.notify.actions.channels.base import Letter, PermanentFailure, TemporaryFailure


class Mail:
    """Hands a letter to Django's mail."""

    def send(self, letter: Letter) -> None:
        """Hand over; what the server refuses with 5xx is final, all else is tried again."""
        host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        # Sent a second time after a crash, it bears the same id: most programs show it once.
        headers = {
            "Message-ID": f"<{letter.message_id}@{host}>",
            "Auto-Submitted": "auto-generated",
        }
        if letter.words.off_url:
            headers["List-Unsubscribe"] = f"<{letter.words.off_url}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        post = EmailMultiAlternatives(
            letter.words.subject, letter.words.text, None, [letter.to], headers=headers
        )
        post.attach_alternative(letter.words.html, "text/html")
        try:
            post.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _text in error.recipients.values()]
            if codes and all(code >= 500 for code in codes):
                raise PermanentFailure(f"refused: {codes}") from error
            raise TemporaryFailure(f"refused for now: {codes}") from error
        except smtplib.SMTPSenderRefused as error:
            raise TemporaryFailure(f"sender refused: {error.smtp_code}") from error
        except smtplib.SMTPResponseException as error:
            failure = PermanentFailure if _is_final(error) else TemporaryFailure
            raise failure(f"{error.smtp_code}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise TemporaryFailure(type(error).__name__) from error
        except ValueError as error:  # an address or subject that cannot stand in a header
            raise PermanentFailure(type(error).__name__) from error


def _is_final(error: smtplib.SMTPResponseException) -> bool:
    """Whether the server refuses this letter, not us: a wrong password (5xx too) is ours to mend."""
    return error.smtp_code >= 500 and not isinstance(
        error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError
    )
