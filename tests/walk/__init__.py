"""One case of the paper's kind, walked through the interface from the screening to the end.

`python -m tests.walk` walks it and prints what it gave; `--write` puts that into the two pages of
the manual. Names are the demonstration's, invented; days follow from the rules.
"""
