"""`make security`: the locks against known weaknesses, and the running system tried from outside."""
