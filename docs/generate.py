"""Write the generated pages of docs/ anew: commands, settings and the front-matter table."""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import Field, fields
from pathlib import Path

import click

from generator.cli.main import COMMANDS, cli
from generator.document import json_schema, schema
from generator.draft.sources.own import schema as own_schema
from generator.notify.codes import CODES as NOTICE_CODES
from generator.settings.confluence import ConfluenceSettings
from generator.settings.jira import JiraFields, JiraSettings
from generator.settings.model import Person, Service, Settings, Severity
from generator.settings.policy import Policy
from generator.settings.slack import SlackSettings
from generator.sync.plan.codes import CODES

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import checks_pages  # noqa: E402 - it lies beside this script

EXIT_CODES = """\
Results go to stdout, talk and progress to stderr.
A command ends with 0 when all is fine, 1 when it found something or refused, 2 for wrong usage or configuration,
3 for a bug, 75 where another system asks for patience or an outcome is not known yet (run it again), 130 when interrupted.
`SOURCE_DATE_EPOCH` fixes what "now" is; `NO_COLOR` is respected.
"""


def commands_page() -> str:
    """Every command with its help text, as the program prints it."""
    # As the program itself does: click keeps the first help option that a command is asked for.
    names = cli.context_settings["help_option_names"]
    context = click.Context(
        cli, info_name="postmortem", max_content_width=100, terminal_width=100, help_option_names=names
    )
    parts = ["# Commands", "", EXIT_CODES]
    for name in (None, *COMMANDS):
        command = cli.get_command(context, name) if name else cli
        inner = (
            click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
            if name
            else context
        )
        parts += [
            f"## postmortem {name}" if name else "## postmortem",
            "",
            "```text",
            command.get_help(inner).rstrip(),
            "```",
            "",
        ]
        if name and isinstance(command, click.Group):
            parts += group_parts(command, inner)
    return "\n".join(parts)


def group_parts(group: click.Group, outer: click.Context) -> list[str]:
    """The commands of a group, each with its help text."""
    parts = []
    for name in group.list_commands(outer):
        command = group.get_command(outer, name)
        inner = click.Context(command, info_name=name, parent=outer, max_content_width=100, terminal_width=100)
        title = f"### postmortem {outer.info_name} {name}"
        parts += [title, "", "```text", command.get_help(inner).rstrip(), "```", ""]
    return parts


def settings_page() -> str:
    """Every setting with its default and its sentence."""
    lines = [
        "# Settings",
        "",
        "An archive's settings lie in `site_config/archive.yml`, its people in `site_config/people.yml`.",
        "Every setting has a default; unknown keys are refused with a suggestion and the line.",
        "",
        "## archive.yml",
        "",
        "| Setting | Default | What it does |",
        "|---|---|---|",
    ]
    lines += [
        f"| `{field.name}` | {default(getattr(Settings(), field.name))} | {field.metadata['doc']} |"
        for field in fields(Settings)
        if field.name not in {"people", "jira", "slack", "confluence"}
    ]
    lines += jira_settings()
    lines += confluence_settings()
    lines += slack_settings()
    for title, kind, sentence in (
        ("Entries of `severities`", Severity, "The built-in ones are SEV1 to SEV5."),
        ("Entries of `services`", Service, "A bare name is enough."),
        ("people.yml", Person, "Each key is a handle, as documents name people; its value has any of these keys."),
    ):
        keys = ", ".join(f"`{field.name}`" for field in fields(kind) if field.name != "handle")
        lines += ["", f"## {title}", "", sentence, "", f"Keys: {keys}."]
    lines += [
        "",
        "## Environment",
        "",
        "| Variable | What it does |",
        "|---|---|",
        "| `SOURCE_DATE_EPOCH` | Fixes the present moment, in seconds since 1970. |",
        "| `NO_COLOR` | Switches colours off. |",
        "| `JIRA_EMAIL`, `JIRA_API_TOKEN` | The account for Jira Cloud. The token is only read here, and never logged. |",
        "| `JIRA_PAT` | The personal access token for Jira Data Center. |",
        "| `CONFLUENCE_EMAIL`, `CONFLUENCE_API_TOKEN` | The account for Confluence Cloud; without them, that for Jira. |",
        "| `CONFLUENCE_PAT` | The personal access token for Confluence Data Center. |",
        "| `SLACK_BOT_TOKEN` | The token of the Slack app's bot. It is only read here, and never logged. |",
        "| `GITHUB_TOKEN`, `GITHUB_REPOSITORY` | The token and the repository (owner/name) of `postmortem github`. |",
        "| `GITHUB_API_URL`, `GITHUB_SERVER_URL` | Where GitHub is, if it is not github.com. |",
        "| `SLACK_API_URL` | Where Slack's API is, if it is not `https://slack.com/api`. |",
        "",
    ]
    return "\n".join(lines)


def jira_settings() -> list[str]:
    """The settings below `jira:` with the variables of the environment that override them."""
    lines = [
        "",
        "## `jira:` in archive.yml",
        "",
        "Where and how postmortems and action items are kept in Jira. What the environment sets wins over the file.",
    ]
    for title, kind in (
        ("", JiraSettings),
        ("`fields:`, the parts of a postmortem that have a field of their own", JiraFields),
    ):
        lines += ["", f"### {title}"] if title else []
        lines += ["", "| Setting | Environment | Default | What it does |", "|---|---|---|---|"]
        lines += [
            f"| `{one.name}` | {variable(one)} | {default(getattr(kind(), one.name))} | {one.metadata['doc']} |"
            for one in fields(kind)
            if one.name != "fields"
        ]
    return lines


def confluence_settings() -> list[str]:
    """The settings below `confluence:` with the variables of the environment that override them."""
    lines = [
        "",
        "## `confluence:` in archive.yml",
        "",
        "Which postmortems have a page in Confluence, and where. What the environment sets wins over the file.",
        "",
        "| Setting | Environment | Default | What it does |",
        "|---|---|---|---|",
    ]
    return lines + [
        f"| `{one.name}` | {variable(one)} | {default(getattr(ConfluenceSettings(), one.name))} | {one.metadata['doc']} |"
        for one in fields(ConfluenceSettings)
    ]


def slack_settings() -> list[str]:
    """The settings below `slack:` with the variables of the environment that override them."""
    return [
        "",
        "## `slack:` in archive.yml",
        "",
        "Who is notified of what in Slack. What the environment sets wins over the file.",
        "",
        "| Setting | Environment | Default | What it does |",
        "|---|---|---|---|",
        *(
            f"| `{one.name}` | {variable(one)} | {default(getattr(SlackSettings(), one.name))} | {one.metadata['doc']} |"
            for one in fields(SlackSettings)
        ),
    ]


def variable(setting: Field[object]) -> str:
    """The environment variable of a setting as a table cell."""
    return f"`{setting.metadata['env']}`" if setting.metadata["env"] else ""


def default(value: object) -> str:
    """A default as a table cell."""
    if isinstance(value, Policy):
        return "review in 5 working days, published in 7 days, followed up 14 days later"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        if value and not isinstance(value[0], str):
            return "SEV1 to SEV5"
        return ", ".join(value) or "none"
    if isinstance(value, dict) and value:
        return ", ".join(f"{key}: {meaning}" for key, meaning in value.items())
    return f"`{value}`" if value not in ("", {}, None) else "none"


def schema_table() -> str:
    """The front matter's keys as a table."""
    lines = ["| Key | Required | What it is | Example |", "|---|---|---|---|"]
    for field in schema.FIELDS:
        choices = f" One of {', '.join(f'`{choice}`' for choice in field.choices)}." if field.choices else ""
        lines.append(
            f"| `{field.name}` | {'yes' if field.required else ''} | {field.doc}{choices} | `{field.example}` |"
        )
    return "\n".join(lines)


def codes_table(codes: Mapping[str, str]) -> str:
    """The codes of a command as a table."""
    rows = [f"| `{code}` | {meaning} |" for code, meaning in sorted(codes.items())]
    return "\n".join(["| Code | What it means |", "|---|---|", *rows])


def with_codes(name: str, codes: Mapping[str, str]) -> str:
    """A page with the table of its codes written anew."""
    return re.sub(
        r"(<!-- codes:begin -->\n).*?(<!-- codes:end -->)",
        lambda m: f"{m.group(1)}\n{codes_table(codes)}\n\n{m.group(2)}",
        (HERE / name).read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )


def as_json(schema: dict[str, object]) -> str:
    """A schema as a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


FOR_EVERYBODY = "---\naudience: public\n---\n\n"


def for_everybody(text: str) -> str:
    """A page of this guide with its audience: whoever reads a site of ours may read how it works."""
    return text if text.startswith("---\n") else FOR_EVERYBODY + text


def pages() -> dict[Path, str]:
    """Each generated file with the text it should have, and the others of the guide with their audience."""
    document = HERE / "document.md"
    text = document.read_text(encoding="utf-8")
    marked = re.sub(
        r"(<!-- schema:begin -->\n).*?(\n?<!-- schema:end -->)",
        lambda m: f"{m.group(1)}\n{schema_table()}\n{m.group(2).lstrip()}",
        text,
        flags=re.DOTALL,
    )
    written = {path: path.read_text(encoding="utf-8") for path in sorted(HERE.rglob("*.md"))}
    generated = {
        HERE / "sync.md": with_codes("sync.md", CODES),
        HERE / "slack.md": with_codes("slack.md", NOTICE_CODES),
        HERE / "commands.md": commands_page(),
        HERE / "settings.md": settings_page(),
        HERE / "incident.schema.json": as_json(own_schema.json_schema()),
        HERE / "postmortem.schema.json": as_json(json_schema.front_matter()),
        document: marked,
        **{HERE / name: text for name, text in checks_pages.pages().items()},
    }
    return {path: for_everybody(text) if path.suffix == ".md" else text for path, text in (written | generated).items()}


if __name__ == "__main__":
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(HERE.parent)}\n")
