"""Where foreign files are opened: a process of its own, with limits, that knows no Django.

Parsers of pictures and films are what an attacker aims at. So the web processes never load them,
and a job starts `python -m bala.files.workshop` with a bare environment: no secrets, no database,
a limit of memory and of computing time, and a folder of its own to write to.
"""
