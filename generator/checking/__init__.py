"""Checking an archive: which files, read by several processes, compared with a base revision, put right where safe."""

from generator.checking.running import Job, Result, cores, run
from generator.checking.selection import Selection, select

__all__ = ["Job", "Result", "Selection", "cores", "run", "select"]
