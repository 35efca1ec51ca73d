"""The stable words for what could not be sent; scripts may rely on them."""

CODES = {
    "channel-unknown": "Slack does not know the channel, or the app is not in it; invite it with /invite.",
    "history-too-long": "So much was written since that it is not certain whether this was sent already; it was not sent.",
    "id-twice": "Two files have the same id, so nobody is notified of either.",
    "missing-scope": "The app lacks a permission; the message names it.",
    "nobody-to-tell": "It is not for the channel, and its owner is not in people.yml.",
    "outcome-unknown": "Slack gave no answer; the next run looks whether the message is there before it sends it.",
    "person-unknown": "Somebody has no account in Slack that people.yml or their e-mail address leads to.",
    "skipped": "Not tried, because Slack could not be reached or did not accept the token.",
    "slack-busy": "Slack wants to be left alone for longer than a run waits; the next run goes on.",
    "slack-refused": "Slack refused the message; the message says why.",
    "slack-token": "Slack does not accept the token.",
    "slack-unreachable": "Slack gave no answer, or an error of its own; the next run tries again.",
}
