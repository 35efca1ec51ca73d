"""Staged pages in, a folder of finished HTML out, whichever engine does the middle."""
