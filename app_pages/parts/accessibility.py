"""The accessibility statement: the aim, what was tested and how, and what is known to fall short."""

from app_pages.parts import contact as reach
from app_pages.parts.markup import folded, items
from kg.settings.contact import Contact

LIMITS = (
    "When you go from one page to another, a screen reader is not told, and the keyboard starts again at the "
    "top: Streamlit, the framework, changes the page in place and neither announces it nor moves the focus. "
    "The title of the page does change.",
    "There is no link that skips the menu. Headings and landmarks, and on long pages the list <em>On this "
    "page</em>, lead past it.",
    "The table of an answer under <em>Data and queries</em> is drawn as a picture (canvas), which the "
    "browser’s settings for text do not reach. The links beneath it give the same answer as CSV or JSON.",
    "The picture under <em>How are these connected?</em> is a canvas too: a screen reader hears what it "
    "shows in one sentence, and the keyboard does not walk from thing to thing in it. The box beside it "
    "finds each thing and each line, buttons do what clicks do, and the lists beneath hold the same.",
    "Streamlit’s menu and its messages about a lost connection are not ours to change.",
    "The pages need JavaScript. The data does not: downloads and linked data are plain files.",
)
TESTED = (
    "With axe-core, a program that finds some of the faults there can be: the rules for WCAG 2.0, 2.1 and "
    "2.2, A and AA, on pages of each kind as wide as a phone, and on some of them in a wide window too. It "
    "finds none.",
    "By keyboard: the first case is reached, seen to be in focus, and opened; what is folded is unfolded.",
    "In a window 320 pixels wide, which is a page enlarged to 400%: nothing but wide tables scrolls "
    "sideways.",
    "On paper: a printed case has every statement and none of the menus.",
    "In the picture of connections each kind of thing has a shape of its own, and each way of "
    "knowing a kind of line.",
    "Nothing is told by colour alone: a hope, a reading or a denial is named in words as well.",
)
NOT_TESTED = (
    "with screen readers such as NVDA, JAWS, VoiceOver or TalkBack, or with voice control;",
    "by people who rely on any of these;",
    "in browsers other than Chromium;",
    "by anyone outside the project.",
)


def draw(contact: Contact | None) -> str:
    """Draw the statement.

    Args:
        contact: How whoever runs this copy can be reached, where that is known.
    """
    return (
        "<p>The explorer aims at the Web Content Accessibility Guidelines (WCAG) 2.2, level AA. It meets "
        "them in part: what we know to fall short is listed here.</p><h3>Known limits</h3>"
        + items(LIMITS)
        + "<h3>What was tested</h3><p>A test runs at each change of the explorer, in Chromium:</p>"
        + items(TESTED)
        + f"<p>It has <strong>not</strong> been tested:</p>{items(NOT_TESTED)}"
        + "<h3>If something stands in your way</h3><p>Tell us what you wanted to do, on which page, and with "
        "what you read it.</p>"
        + reach.draw(contact)
        + folded(
            "If a public body runs this copy, and the answer does not help",
            "<p>In England, Scotland and Wales the Equality Advisory and Support Service, and in Northern "
            "Ireland the Equality Commission, advise people on the accessibility of public bodies’ "
            "websites.</p>",
        )
    )
