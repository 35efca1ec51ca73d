"""The words of a rich-text value as Jira holds it, for telling whether somebody changed it."""

from generator.markup.adf_nodes import text_of
from generator.markup.wiki import to_adf
from generator.markup.wiki_escaping import JOINER


def words_of(value: object) -> str:
    """The visible text of an ADF document or of wiki markup, with white space folded.

    A value that Jira wrote anew (ids, attributes, line ends, order of marks) gives the same words; `None` gives none.
    """
    document = to_adf(value) if isinstance(value, str) else value
    return " ".join(text_of(document).replace(JOINER, "").split())
