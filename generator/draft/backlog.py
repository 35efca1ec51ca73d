"""The incidents that policy says want a postmortem and that have none."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.draft.create import Drafted, DraftOptions, DraftWriter
from generator.draft.existing import postmortem_of
from generator.draft.incident import Incident
from generator.draft.sources import IncidentSource
from generator.draft.variables import known_of
from generator.errors import AlreadyExistsError, PostmortemError, TryLaterError, UnauthorisedError, UsageError


@dataclass(frozen=True, slots=True)
class DraftOutcome:
    """What became of one incident: a draft, or the `failure`; `drafted` is None too where it has a postmortem after all."""

    incident: Incident
    severity: str
    drafted: Drafted | None = None
    failure: PostmortemError | None = None


class Backlog:
    """The resolved incidents of one source, sorted by whether they want a postmortem.

    `wanting` have none and must; `written` is how many have one, `exempt` how many need none, `unrated` those whose
    severity is not known, so that policy says nothing of them.
    """

    def __init__(self, writer: DraftWriter, name: str) -> None:
        source = writer.sources.named(name)
        if not isinstance(source, IncidentSource):
            raise UsageError(
                f"--missing needs a source that knows all incidents, such as --from jira; {name} does not."
            )
        self._writer, self._source = writer, source
        source.say = writer.say
        writer.say("Looking for incidents")
        listed = source.listed()
        documents = writer.documents(listed)
        settings = writer.loaded.settings
        self.written = self.exempt = 0
        self.wanting: list[tuple[Incident, str]] = []
        self.unrated: list[Incident] = []
        for incident in listed:
            severity = known_of(incident, settings).severity
            if postmortem_of(incident, documents):
                self.written += 1
            elif settings.deadlines(severity).postmortem:
                self.wanting.append((incident, severity))
            elif severity:
                self.exempt += 1
            else:
                self.unrated.append(incident)

    def drafts(self, options: DraftOptions) -> Iterator[DraftOutcome]:
        """Draft each that wants one; one that fails does not stop the others.

        Raises UnauthorisedError and TryLaterError, as the others would fail too.
        """
        for number, (incident, severity) in enumerate(self.wanting, 1):
            self._writer.say(f"{number} of {len(self.wanting)}: {incident.ref}")
            try:
                told = self._writer.fetch(self._source, incident.ref)
                drafted = self._writer.draft(told, options)
            except AlreadyExistsError:  # under a key that it had before, or drafted meanwhile
                yield DraftOutcome(incident, severity)
            except (UnauthorisedError, TryLaterError):
                raise
            except PostmortemError as error:
                yield DraftOutcome(incident, severity, failure=error)
            else:
                yield DraftOutcome(incident, severity, drafted)
