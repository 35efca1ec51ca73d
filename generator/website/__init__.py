"""The site: staged pages in, a folder of finished HTML out, whichever engine does the middle."""

from generator.website.building import Report, build
from generator.website.publishing import cores, forget, publish
from generator.website.staged import Staged

__all__ = ["Report", "Staged", "build", "cores", "forget", "publish"]
