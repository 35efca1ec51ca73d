"""`postmortem schema`: JSON Schemas for editors and other tools."""

import json

import click

from generator.cli.commands import configuration_or_defaults


@click.command(name="schema", epilog="Example: postmortem schema front-matter > postmortem.schema.json")
@click.argument("name", type=click.Choice(["front-matter", "incident"]), default="front-matter")
@click.pass_context
def command(context: click.Context, name: str) -> None:
    """Print the JSON Schema of a document's front matter, or of our own incident files."""
    if name == "incident":
        from generator.draft.sources.own import schema as own_schema

        schema = own_schema.json_schema()
    else:
        from generator.document import json_schema

        settings = configuration_or_defaults(context).settings
        schema = json_schema.front_matter(tuple(severity.name for severity in settings.severities))
    click.echo(json.dumps(schema, indent=2, ensure_ascii=False))
