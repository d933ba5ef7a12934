"""Offices that answer over the web: what to ask, in which order, and what a whole answer is.

An adapter knows the office's interface and nothing of sockets or tables: it is given a port to ask
through (`port.Asks`) and tells, step by step, what it got and where it stands (`port.Step`). What
it brings are files in the office's own format, which the parsers beside this package read.
"""
