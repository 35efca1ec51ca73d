"""The questions that a draft asks where the data are silent: short, and such that the answer helps."""

TODO = "TODO:"
QUESTIONS = {
    "title": "what happened, in words a product manager understands?",
    "severity": "how bad was it?",
    "started": "when did the first user or graph begin to suffer?",
    "detected": "when did the team know?",
    "mitigated": "when did users stop noticing?",
    "resolved": "when was it over for good?",
    "services": "which services were affected?",
    "commander": "who led the response?",
    "duration": "how long did it last?",
    "summary": "in two or three paragraphs: what happened, whom did it affect, how did it end?",
    "timeline": "what happened when? Begin with the first sign, one row each, in UTC.",
    "errorRate": "what share of requests failed at the worst moment? The service's dashboard knows.",
    "latency": "how slow did it get at the worst moment (p50, p99)? The service's dashboard knows.",
}


def todo(name: str) -> str:
    """The marker and the question for a fact, such as `TODO: who led the response?`."""
    return f"{TODO} {QUESTIONS[name]}"
