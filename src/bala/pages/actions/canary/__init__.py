"""The canary crawl (standards, children first, rule 15).

A family is planted whose every personal field holds a word that stands nowhere else. Then everything
that can be read is read, signed out and as people whom it does not concern, and searched for these
words. All of it happens in one transaction that is taken back, so that nothing of it remains.
"""

from bala.pages.actions.canary.running import Outcome, crawl, record, tell_of_leak

__all__ = ["Outcome", "crawl", "record", "tell_of_leak"]
