"""What engines say, made into lines that name a page and a reason."""

from generator.site.build.engines import complaints, last_words

MKDOCS = """\
\x1b[33m │  \x1b[1mA notice about the future of the theme.\x1b[0m
INFO    -  Cleaning site directory
INFO    -  Building documentation to directory: /somewhere/site
WARNING -  A reference to 'nope.md' is included in the 'nav' configuration, which is not found in the documentation files.
WARNING -  Doc file 'index.md' contains a link 'missing.md', but the target is not found among documentation files.
INFO    -  Doc file 'index.md' contains a link '#nope', but there is no such anchor on this page.

Aborted with 2 warnings in strict mode!
"""
ZENSICAL = """\
Build started
\x1b[33mWarning:\x1b[0m page does not exist
   \x1b[38;5;246m╭─\x1b[0m\x1b[38;5;246m[\x1b[0m index.md:3:5 \x1b[38;5;246m]\x1b[0m
   \x1b[38;5;246m│\x1b[0m
1 issue found
Traceback (most recent call last):
  File "somewhere.py", line 1, in <module>
RuntimeError: Aborted because --strict flag is set
"""
TEMPLATE = """\
INFO    -  Building documentation to directory: /somewhere/site
Traceback (most recent call last):
  File "/lib/jinja2/environment.py", line 1295, in render
  File "overrides/main.html", line 7, in block 'content'
  File "/lib/jinja2/environment.py", line 490, in getattr
jinja2.exceptions.UndefinedError: 'nope' is undefined
"""
CONFIG = """\
WARNING -  Config value 'frob': Unrecognised configuration name: frob
ERROR   -  Config value 'markdown_extensions': Failed to load extension 'nope.ext'.

Aborted with a configuration error!
"""


def test_warnings_are_found_among_notices_and_information():
    assert complaints(MKDOCS) == (
        "A reference to 'nope.md' is included in the 'nav' configuration, which is not found in the documentation files.",
        "Doc file 'index.md' contains a link 'missing.md', but the target is not found among documentation files.",
    )


def test_a_warning_with_its_place_on_the_next_line_names_the_page():
    assert complaints(ZENSICAL) == ("index.md: page does not exist",)


def test_a_broken_template_is_named_with_its_line():
    assert complaints(TEMPLATE) == (
        "jinja2.exceptions.UndefinedError: 'nope' is undefined (in overrides/main.html, line 7)",
    )


def test_errors_of_the_configuration_are_complaints_too():
    assert complaints(CONFIG)[1] == "Config value 'markdown_extensions': Failed to load extension 'nope.ext'."


def test_a_quiet_engine_has_no_complaints_and_no_last_words():
    assert complaints("INFO    -  Documentation built in 0.5 seconds\n") == ()
    assert last_words("\n\n") == ()
