"""Existing postmortems on their way into the archive: found, read, converted, and written once, with their pictures."""
