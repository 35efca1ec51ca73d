"""The question about the system that leads further than the name of a person, chosen by what a sentence is about."""

import re

_QUESTIONS: tuple[tuple[str, str], ...] = (
    (
        (
            r"untested|unvalidated|without (?:\w+ ){0,2}(?:test|validat|verif)\w*|(?:bad|faulty"
            r"|invalid) (?:\w+ )?(?:config|change)"
        ),
        "What let an unvalidated change reach production?",
    ),
    (
        r"renew\w*|expir\w+|rotat\w+|lapse\w*|(?:forg|miss|overlook)[^.]{0,40}\bcert\w*",
        "What reminds us before it runs out, and what would it take that it renews itself?",
    ),
    (
        (
            r"wrong (?:\w+ ){0,2}(?:host\w*|server|database|cluster|account|region|directory|bucket|disk|cable"
            r"|window|node|environment|tenant|terminal|service|volume)|instead of the"
        ),
        "What made the two look alike, and what would have shown the difference before the command ran?",
    ),
    (
        r"delet\w+|dropp\w+|\bdrop\b|truncat\w+|wip\w+|remov\w+|purg\w+|overwr\w+|rm -rf|destroy\w*",
        "What made it possible in a single step, and what would have asked first or brought the data back?",
    ),
    (
        r"backups?|backed up|restor\w+|snapshots?",
        "When is a restore proven to work, and who would see that it no longer does?",
    ),
    (
        r"permission\w*|approv\w+|authori[sz]\w+|admin rights|write access|privileg\w+",
        "Which path led around the approval, and why was it the easier one?",
    ),
    (
        r"password\w*|credential\w*|secrets?|access keys?|tokens?|leak\w+|phish\w+",
        "Why could a secret get there at all, and what would have caught it on the way?",
    ),
    (
        r"review\w*|pull request\w*|\bpr\b|diff",
        "What would have made the risk visible to a reviewer who has ten minutes?",
    ),
    (
        r"test(?:s|ed|ing)?\b|staging|canary|qa\b|validat\w+|regression\w*",
        "Which test could have shown it, and what makes that test hard to write or to run today?",
    ),
    (
        r"on[- ]?call|(?<!status )pag(?:es?|ed|er|ing)\b|respon(?:d|se)\w*|acknowledg\w+|escalat\w+|asleep|slept|woke",
        "What reached the responder, how loud was it among all else, and when would a second person have been called?",
    ),
    (
        r"alert\w*|alarm\w*|warning\w*|notic\w+|monitor\w*|dashboard\w*|graph\w*|metrics?|signs?\b|signal\w*",
        "How visible was the signal from where people looked, and what would have made it stand out?",
    ),
    (
        (
            r"runbook\w*|procedure\w*|checklist\w*|instruction\w*|document\w*|playbook\w*|guideline\w*|polic(?:y|ies)"
            r"|process"
        ),
        "How does the procedure differ from the way the work is done, and which step could the tool take over?",
    ),
    (
        (
            r"tell|told|inform\w*|communicat\w+|announc\w+|mention\w*|notif\w+|status page|hand(?:ed)?[- ]?over"
            r"|stakeholder\w*"
        ),
        "How does this news travel today without anybody remembering to pass it on, and who was missing from its path?",
    ),
    (
        (
            r"config\w*|misconfigur\w+|retention|limits?\b|thresholds?|time-?outs?|quotas?|setting\w*|flags?\b"
            r"|parameter\w*|values?\b|typo\w*|typed|entered|mask|rules?\b"
        ),
        "What would have shown that the value was wrong before it took effect everywhere?",
    ),
    (
        r"deploy\w*|releas\w+|merg\w+|push\w*|ship\w*|roll(?:ed|ing)?[- ]?out|launch\w*|build\b",
        "What let the change go out to everybody at once, and what would have stopped it at one per cent?",
    ),
    (
        (
            r"command\w*|script\w*|restart\w*|reboot\w*|manual\w*|terminal|console|quer(?:y|ies)|typing|mistyp\w+"
            r"|misspel\w+|fat[- ]?finger\w*"
        ),
        "Why does this take a command typed by hand, and what would make a slip harmless?",
    ),
    (
        (
            r"rush\w*|hurr\w+|pressure|tired|exhaust\w*|distract\w*|hasty|hastily|deadline\w*|early|bed\b|shortcuts?"
            r"|corners"
        ),
        "What made haste the sensible choice at that moment: which deadline, which workload, which hour?",
    ),
    (
        (
            r"junior|intern\b|new hire|experienc\w*|inexperienc\w*|train\w*|retrain\w*|know(?:n|ing)?\b|knew"
            r"|understand\w*|competent"
        ),
        "What would somebody doing this for the first time need to see, and where would they have found it?",
    ),
    (
        r"check\w*|verif\w+|double-?check\w*|look\w*|careful\w*|attention|attentive|vigilant|care\b|mindful",
        "Which check could a machine make every time, so that nobody has to remember it?",
    ),
    (
        r"assum\w+|thought|misjudg\w+|misread|misunderst\w+|underestimat\w+|confus\w+",
        "What did the situation look like at the time, and what made this reading of it the likely one?",
    ),
)
_DEFAULT = "What made this the sensible thing to do at the time, and what in the system would have caught it?"
_COMPILED = tuple((re.compile(rf"\b(?:{pattern})", re.IGNORECASE), question) for pattern, question in _QUESTIONS)


def question(told: str, whole: str = "") -> str:
    """The question for what is told of somebody, or else for the whole sentence."""
    for text in (told, whole):
        for pattern, asked in _COMPILED:
            if pattern.search(text):
                return asked
    return _DEFAULT
