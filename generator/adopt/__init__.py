"""Adopting postmortems that exist: a text of any shape in, a document of the archive and a report out."""

from generator.adopt.composing import Adopted, compose
from generator.adopt.header import DIGEST, SOURCE
from generator.adopt.note import Note
from generator.adopt.survey import Source, Survey, source, survey

__all__ = ["DIGEST", "SOURCE", "Adopted", "Note", "Source", "Survey", "compose", "source", "survey"]
