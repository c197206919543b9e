"""Make a digest a message: text and HTML as alternatives, under headers that programs understand.

Sources: RFC 5322 (messages), RFC 2919 (List-Id), RFC 3834 (Auto-Submitted).
"""

from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage

from store.digest.html import digest_html
from store.digest.items import headline
from store.digest.papers import Digest
from store.digest.text import digest_text
from store.text.clean import clean_line

_QUERY = 60
"""Characters of a query in the subject."""


def digest_message(
    digest: Digest, sender: Address, to: Sequence[Address], moment: datetime, message_id: str
) -> EmailMessage:
    """Return the message. Its lines are short and ASCII, so that every server takes them."""
    message = EmailMessage()
    message["Subject"] = f"papers-tui: {headline(digest)}" + (
        f" ({clean_line(digest.query, _QUERY)})" if digest.query else ""
    )
    message["From"] = sender
    if to:
        message["To"] = to
    message["Date"] = moment
    message["Message-ID"] = message_id
    # So that filters can sort them, and no absence note answers.
    message["List-Id"] = "papers-tui digest <digest.papers-tui.localhost>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(digest_text(digest), cte="quoted-printable")
    message.add_alternative(digest_html(digest), subtype="html", cte="quoted-printable")
    return message
