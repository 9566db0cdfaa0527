"""For those who decide whether this may be used: what is processed, kept and sent, and how it is run."""

from app_pages.parts.markup import folded, items

IN_SHORT = (
    "No account, no name, no e-mail address: nothing about a visitor is asked for.",
    "Nothing that you do or type is written to a disk or a log of the server.",
    "One cookie, needed to keep the connection safe. No analytics, no advertising.",
    "Nothing is sent to anyone else: the server calls no other, and your browser loads every file from it.",
    "What you save or print is yours to keep safe, and may be a record that can be asked for.",
)
PROCESSED = (
    "<p>Statements that public documents make about places, with the document of each. People are named "
    "only where the part they had matters to what a document says of a place. There is no data about "
    "patients, staff or visitors.</p>"
)
TYPED = (
    "<p>The address of a page holds what you chose: the case, the filters, whether only the paper is shown. "
    "It stays in the history of your browser, and goes to whomever you send it to. What you type stays out "
    "of it, unless you press a button that makes a link of it, such as <em>Make a link to this "
    "query</em>.</p>"
    "<p>What you type is sent to this server, held in its memory while the page is open and for about two "
    "minutes after, and written nowhere. Queries that programs send to <code>/sparql</code> are kept with "
    "their answers, in memory, until the data changes or room is needed. Don’t name people or organisations "
    "in any of these.</p>"
)
BROWSER = (
    "<p>One cookie of this server, <code>_streamlit_xsrf</code>: a random number that keeps other websites "
    "from using your connection. It names nobody, is sent to no one else, and goes when you close the "
    "browser. Streamlit, the framework, also notes in the browser’s local storage which colours each page "
    "was shown in (<code>stActiveTheme…</code>) and how the menu of a narrow screen stood "
    "(<code>stSidebarSectionsState…</code>). Reading data at <code>/sparql</code>, "
    "<code>/download/</code> and the like sets nothing.</p>"
)
LOGS = (
    "<p>The server keeps no log of visits: no addresses of pages, no queries, no IP addresses. When "
    "something fails it writes where in the program that was. A proxy in front of it may log, and usually "
    "logs whole addresses: <code>docs/running.md</code> shows settings that leave the part behind the "
    "question mark out.</p>"
)
SENT = (
    "<p>Streamlit’s usage statistics are off, fonts and scripts come from this server, and a content "
    "security policy has the browser refuse any other. The picture of connections is drawn in the browser by "
    "vis-network, which this server has from an installed package; a picture saved as a page fetches nothing "
    "either. Links to documents open their publishers’ websites "
    "only when you follow them, and do not tell these where you came from. Where those who run this copy "
    "have put the data into an engine of their own (<code>KG_ENDPOINT</code>), queries go there.</p>"
)
SAFE = (
    "<p>Everything is read-only. Queries from outside run in processes of their own that can open no file "
    "and no connection, with limits of time and memory. The server speaks plain HTTP, to its own machine "
    "unless told otherwise: encryption (TLS), login and limits per visitor belong to a proxy in front of "
    "it.</p>"
)
SAVED = (
    "<p>Downloads, printed pages, and what you make of them in a meeting are files on your side. In a public "
    "body they may be records under its retention rules, and may have to be disclosed under the Freedom of "
    "Information Act 2000, or the law of your country. Notes about named people in them are personal "
    "data.</p>"
)
RUN = (
    "<p>One Python program on one port; no database, no other service, no internet. A proxy has to pass "
    "websockets on, since Streamlit draws pages through one; where a network blocks them, pages stay empty. "
    "The files that come with the program say more: <code>docs/running.md</code> on settings, proxy, "
    "websockets and logs; <code>docs/sparql.md</code> on queries and their limits.</p>"
    "<p>Data: CC BY 4.0. Code: Apache 2.0.</p>"
)


def draw() -> str:
    """Draw the section: in short, and each matter folded beneath it."""
    return items(IN_SHORT) + "".join(
        folded(matter, text)
        for matter, text in (
            ("What is processed", PROCESSED),
            ("What you choose and type", TYPED),
            ("Cookies and what the browser keeps", BROWSER),
            ("Logs", LOGS),
            ("What is sent to others", SENT),
            ("Security", SAFE),
            ("Files you save", SAVED),
            ("How it is run: proxy and websockets", RUN),
        )
    )
