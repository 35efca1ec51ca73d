"""A small archive for the tests of pages: written as files would be, parsed as they would be."""

from datetime import UTC, datetime

from generator.document.parse import parse
from generator.settings.model import Person, Service, Settings
from generator.site.pages.staging import stage

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SETTINGS = Settings(
    title="Harbour postmortems",
    repository="https://git.example.com/harbour/postmortems",
    people=(Person("jane.smith", "Jane Smith"), Person("li.wei", "Li Wei")),
    services=(Service("checkout-api", "Basket and checkout.", ("jane.smith",), ("checkout",)),),
)


def write(
    name="INC-2026-0001",
    title="Checkout answers slowly",
    *,
    status="published",
    severity="SEV2",
    kind="outage",
    day="2026-03-10",
    services="checkout-api",
    tags="",
    audience="internal",
    body="## Summary\n\nPages took eight seconds.\n",
    more="",
    path="",
):
    """One document; `body` is what follows the front matter, `more` further lines of it."""
    front = (
        f"---\nid: {name}\ntitle: {title}\nstatus: {status}\nseverity: {severity}\ntype: {kind}\n"
        f"started: {day}T10:00:00Z\nservices: [{services}]\ntags: [{tags}]\naudience: {audience}\n{more}---\n\n"
    )
    return parse(front + body, path or f"postmortems/{day[:4]}/{name}-slug.md")


def staged(*documents, audience="internal", settings=SETTINGS, **options):
    """The documents as a site."""
    return stage(documents, settings, now=NOW, audience=audience, **options)


def page(text, **options):
    """The staged page of one document with this body."""
    return staged(write(body=text), **options).pages["postmortems/INC-2026-0001/index.md"]


def everything(site):
    """Every byte of a staged site, names of files included."""
    parts = [*site.pages, *site.pages.values(), *site.files, *site.copies, *site.copies.values()]
    return "\n".join(parts).encode() + b"\n".join(site.files.values())
