"""Papers, sheets and pictures as files: the kit that modules fill. It knows no IP law."""
