"""What a notice says of a ticket."""

from generator.notify.subject import ticket
from generator.settings.model import Settings


def test_a_ticket_on_github_is_a_link_with_its_short_name():
    shown = ticket("https://github.com/fernway-example/shop/issues/12", Settings())

    assert shown == "<https://github.com/fernway-example/shop/issues/12|fernway-example/shop#12>"
