"""Accounts: how they begin, and what their owners change about them."""

from allauth.account.models import EmailAddress

from bala.people.models import Account


def change_language(*, account: Account, language: str) -> None:
    """Let letters and the first page come in another language."""
    account.language = language
    account.save(update_fields=["language"])


def confirm_address(*, account: Account) -> None:
    """Write down that the owner has opened a letter sent to the account's e-mail; can be repeated."""
    address, made = EmailAddress.objects.get_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
    if not made and not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])
