"""The exports of Confluence and Google Docs become documents like any other."""

import base64

from generator.document.parse import parse
from generator.importer import confluence, google_docs, word_count
from generator.importer.composing import compose
from generator.importer.survey import source
from generator.importer.survey import survey as survey_of
from generator.settings.model import Settings

NAME = "INC-2026-0001-outage-of-the-ledger"
PAGE = """\
<!DOCTYPE html>
<html><head><title>Operations : Outage of the ledger</title><link rel="stylesheet" href="styles/site.css"></head>
<body class="theme-default aui-theme-default"><div id="page"><div id="main" class="aui-page-panel">
<div id="main-header"><div id="breadcrumb-section"><ol id="breadcrumbs"><li class="first"><span><a href="index.html">Operations</a></span></li></ol></div>
<h1 id="title-heading" class="pagetitle"><span id="title-text"> Operations : Outage of the ledger </span></h1></div>
<div id="content" class="view"><div class="page-metadata">Created by <span class='author'> Jane Smith</span>, last modified by <span class='editor'> Sam Okafor</span> on Mar 09, 2026</div>
<div id="main-content" class="wiki-content group">
<div class="toc-macro rbtoc1"><ul class="toc-indentation"><li><a href="#id-Timeline">Timeline</a></li></ul></div>
<div class="plugin-tabmeta-details"><div class="table-wrap"><table class="confluenceTable"><tbody>
<tr><th class="confluenceTh"><p>Severity</p></th><td class="confluenceTd"><span class="status-macro aui-lozenge aui-lozenge-error">SEV2</span></td></tr>
<tr><th class="confluenceTh"><p>Date</p></th><td class="confluenceTd"><time datetime="2026-03-04" class="date-past">04 Mar 2026</time></td></tr>
<tr><th class="confluenceTh"><p>Services</p></th><td class="confluenceTd">ledger, checkout-api</td></tr></tbody></table></div></div>
<h2 id="id-Timeline">Timeline</h2><p>All times in <strong>CET</strong>.</p>
<table class="confluenceTable"><tbody><tr><th>Time</th><th>Event</th></tr>
<tr><td>15:02</td><td>Alert <a href="https://alerts.example.com/7">fires</a></td></tr><tr><td>15:40</td><td>Rolled back</td></tr></tbody></table>
<p><span class="confluence-embedded-file-wrapper"><img class="confluence-embedded-image" src="attachments/101/202.png" data-linked-resource-default-alias="graph.png"></span></p>
<h2>Action items</h2><ul class="inline-task-list" data-inline-tasks-content-id="101"><li class="checked" data-inline-task-id="1"><span>Raise the limit</span></li>
<li data-inline-task-id="2"><span>Alert on it <span class="jira-issue"><a href="https://jira.example.com/browse/OPS-7" class="jira-issue-key">OPS-7</a></span></span></li></ul>
<p>See <a href="Other-page_303.html">the other page</a>.</p></div>
<div class="pageSection group"><div class="pageSectionHeader"><h2 id="attachments" class="pageSectionTitle">Attachments:</h2></div>
<div class="greybox" align="left"><img src="images/icons/bullet_blue.gif"/> <a href="attachments/101/202.png">graph.png</a> (image/png) <br/></div></div>
</div></div></div></body></html>
"""
INDEX = "<html><head><title>Operations</title></head><body><div id='content'><h2>Available Pages:</h2><ul><li><a href='a_1.html'>A</a></li></ul></div></body></html>"


def test_a_page_of_confluence_is_read_with_its_facts():
    page = confluence.page(PAGE)
    survey = survey_of(source("export/a_101.html", page.text, given=page.facts, title=page.title))
    done = compose(survey, "INC-2026-0001", NAME, {}, Settings())
    known = parse(done.text).postmortem

    assert page.title == known.title == "Outage of the ledger"
    assert (known.severity, known.services, known.authors) == ("SEV2", ("ledger", "checkout-api"), ("Jane Smith",))
    assert [(f"{e.time:%Y-%m-%d %H:%M}", e.event) for e in known.timeline] == [
        ("2026-03-04 14:02", "Alert [fires](https://alerts.example.com/7)"),
        ("2026-03-04 14:40", "Rolled back"),
    ]
    assert [(a.action.split()[0], a.status, a.ticket) for a in known.actions] == [
        ("Raise", "completed", ""),
        ("Alert", "open", "[OPS-7](https://jira.example.com/browse/OPS-7)"),
    ]
    assert word_count.missing(page.text, done.text) == {}
    assert "- [graph.png](attachments/101/202.png)" in done.text
    assert "*Created by Jane Smith, last modified by Sam Okafor on Mar 09, 2026*" in done.text


def test_the_index_of_a_space_has_no_text():
    assert confluence.page(INDEX).text == ""
    assert confluence.page("").text == ""


DOCS = f"""\
# **Outage of the ledger**

**Severity:** SEV\\-2

**Timeline**

All times in UTC\\.

* **2026\\-03\\-04 14:02** \\- Alert fires for \\~5% of users
* **14:40** \\- Rolled back\\!

![][image1]

## **Action items**

1. Raise the limit of snake\\_case
2. Alert on it

[image1]: <data:image/png;base64,{base64.b64encode(b"PNG" * 20).decode()}>
"""


def test_a_document_of_google_docs_reads_as_if_a_person_had_written_it():
    survey = survey_of(source("docs/outage.md", google_docs.cleaned(DOCS)))
    done = compose(survey, "INC-2026-0001", NAME, {}, Settings())
    known = parse(done.text).postmortem

    assert (known.title, known.severity) == ("Outage of the ledger", "SEV2")
    assert [(f"{e.time:%H:%M}", e.event) for e in known.timeline] == [
        ("14:02", "Alert fires for ~5% of users"),
        ("14:40", "Rolled back!"),
    ]
    assert [a.action for a in known.actions] == ["Raise the limit of snake_case", "Alert on it"]
    assert dict(done.files) == {"INC-2026-0001-outage-of-the-ledger/imported/image1.png": b"PNG" * 20}
    assert "[image1]: INC-2026-0001-outage-of-the-ledger/imported/image1.png" in done.text
    assert "base64" not in done.text


def test_escapes_that_mean_something_stay():
    text = "\\- no list\n1\\. no list\n\\* star \\*\\*bold\\*\\* \\[x\\]\n\n```\na\\-b\n```\n"

    assert google_docs.cleaned(text) == text
