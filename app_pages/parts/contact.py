"""How those who run this copy can be reached."""

from app_pages.parts.markup import escaped
from kg.settings.contact import Contact


def draw(contact: Contact | None) -> str:
    """Draw the way to reach them, or say that this copy names none."""
    if contact is None:
        return (
            '<p class="kg-note">This copy of the explorer does not name a contact. Please tell whoever gave '
            "you its address; those who run it can name one here.</p>"
        )
    return (
        '<p class="kg-note">Write to those who run this copy: '
        f'<a href="{escaped(contact.address)}">{escaped(contact.words)}</a></p>'
    )
