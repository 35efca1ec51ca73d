"""What a webhook delivery from Jira is worth: verified, read as a hint, and named safely; pure.

The body says only which issue to look at; what it says about the issue is never believed, it is fetched again by id.
"""

from generator.mirror.webhook.delivery import LIMIT, declared_length, parse, too_long
from generator.mirror.webhook.event import WebhookEvent, is_echo
from generator.mirror.webhook.rejection import Rejected

__all__ = ["LIMIT", "Rejected", "WebhookEvent", "declared_length", "is_echo", "parse", "too_long"]
