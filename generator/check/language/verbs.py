"""Verbs by what they say of their subject: only people do it, a duty left undone, a participle after `should have`."""

import re

from generator.check.language.words import words

_IRREGULAR = words(
    """
    read seen told known thought taken done made gone run kept left put set cut shut spoken written sent given held brought caught
    chosen built found gotten got begun broken come become felt fallen forgotten frozen grown heard hidden let lost meant met paid
    said shown slept spent stood stopped stuck sought swept taught thrown understood undone won withdrawn backed rebuilt reset
    rerun rewritten overridden foreseen drawn driven led laid lent bought fought sat sold shot struck woken
    """
)
# Participles that stand as adjectives before a noun: "engineers should have limited access" tells of no deed.
_ADJECTIVES = words(
    """
    limited shared restricted dedicated automated detailed improved documented increased written reduced unlimited privileged
    elevated centralised centralized required advanced delegated scoped fixed named assigned combined updated managed trained
    supervised structured guaranteed unrestricted expected direct read graded tested agreed protected predefined integrated
    """
)
# What may follow a verb that has an object or none: articles, pronouns, prepositions, the end of the sentence.
_OBJECT = re.compile(
    r"^ (?:the|a|an|this|that|these|those|it|them|him|her|us|his|their|our|its|each|every|all|both|any|some|more|in"
    r"|on|at|for|to|from|with|by|before|after|first|earlier|sooner|and|or|whether|if|how|what|when|why|\w+ly)\b"
    r"|^[^\w]*$|^[,.;:)]"
)

# What only people do; a Kubernetes operator or a monitoring agent does not.
HUMAN = words(
    """
    notice realise realize read follow ask tell inform communicate consult escalate acknowledge double-check document mention warn
    think consider bother recognise recognize heed coordinate review understand care look listen speak talk discuss know
    study learn question foresee anticipate brief plan investigate prioritise prioritize announce call pay appreciate double
    """
)
# Of these only what not even the most talkative software is said to do.
STRICTLY_HUMAN = words(
    """
    notice realise realize tell inform communicate consult escalate double-check mention think consider bother heed coordinate
    understand care listen speak talk discuss question foresee anticipate brief investigate ask pay appreciate double
    noticed realised realized told informed communicated consulted escalated double-checked mentioned thought considered
    bothered heeded coordinated understood cared listened spoken talked discussed questioned foreseen anticipated briefed
    investigated asked paid known looked been documented
    """
)
# Things that are made to be read by people: only people overlook or ignore them.
_FOR_PEOPLE = re.compile(
    r"\b(?:(?:run|play)books?|procedures?|instructions?|checklists?|guid(?:e|es|elines?|ance)|manuals?|e-?mails?"
    r"|process(?:es)?|polic(?:y|ies)|documentation|docs|wiki|alarms?|alerts?|warnings?|signs?|advice)\b"
)
# What somebody may fail to do as a duty; finding, reaching, reproducing and repairing are abilities and are missing here.
DUTY = HUMAN | words(
    """
    check verify validate test update renew rotate run add set include remove clean enable disable back configure report notify
    write monitor watch apply close prepare estimate specify sanitise sanitize secure act implement
    ensure confirm catch spot see detect account respond react answer page turn switch stop wait use provide share alert request
    assign mark schedule cover limit revert undo obtain seek keep take make anticipate handle address raise give
    record track comply adhere observe inspect examine audit scan cleanse protect lock approve sign hand
    """
)
DUTY_PAST = words(
    """
    checked verified validated tested updated renewed rotated ran added set included removed cleaned enabled configured reported
    notified wrote monitored watched applied closed prepared specified secured acted confirmed responded reacted answered
    turned switched stopped waited shared requested told asked read followed informed communicated consulted escalated
    acknowledged documented mentioned warned reviewed bothered looked thought considered realised realized questioned announced
    called tried raised gave took revisited logged took made kept
    """
)
# Not doing these is a fact about what somebody could see, and no reproach.
ABILITIES = words("see realise realize know understand detect anticipate foresee expect make give keep use take")


def is_human(verb: str, rest: str) -> bool:
    """Whether a verb with what follows it is a person's, also where its subject may be software: `read the runbook`."""
    return verb in STRICTLY_HUMAN or _FOR_PEOPLE.search(rest[:50]) is not None


def is_participle(verb: str, rest: str) -> bool:
    """Whether a word behind `have` completes the tense; `rest` is what follows it."""
    if verb in _ADJECTIVES and not _OBJECT.match(rest):
        return False
    return verb in _IRREGULAR or (verb.endswith("ed") and verb not in {"need", "feed", "speed", "embed"})
