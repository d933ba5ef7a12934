"""Notices: what people must know, in their inbox, by e-mail and by webhook."""
