"""The reading pages as a folder of files: for an intranet, a memory stick or an archive, without a server.

Run as `python -m app_pages.site FOLDER`, which is what `kg site` does.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from lxml import etree, html

from app_pages import serving
from app_pages.parts import graph
from app_pages.parts.frame import NAME
from app_pages.parts.pages import BAR
from app_pages.parts.templates import render
from app_pages.reading import READERS, ReadingPage, read
from app_pages.reading.addresses import addresses
from app_pages.web_fonts import reduced
from kg.errors import KgError, MissingInput
from kg.graph.content import content_of_environment
from kg.language import language_tag
from kg.publish.serialised import FORMATS
from kg.settings.public_address import public_address_of_environment
from kg.web.shell import Frame

__all__ = ["file_of", "write_site"]

# Beside the pages, in the folder itself.
_STYLE, _SCRIPT, _ICON, _PICTURE = "style.css", "reading.js", "icon.png", "share.png"
_MARK = ".system-leadership-site"


def file_of(address: str) -> str:
    """Return the file in which a page stands, from the folder on.

    >>> file_of(""), file_of("case?id=leeds"), file_of("concept?id=challenges/earthquakes"), file_of("about")
    ('index.html', 'case/leeds/index.html', 'concept/challenges/earthquakes/index.html', 'about/index.html')
    """
    parts = urlsplit(address)
    steps = [step for step in (parts.path.strip("./"), *parse_qs(parts.query).get("id", ())) if step]
    return "/".join([*steps, "index.html"])


def write_site(folder: Path) -> int:
    """Write every reading page into a folder, and return how many there are.

    Args:
        folder: An empty or new folder, or one that holds an earlier site, whose pages are replaced.

    Raises:
        KgError: If the graph cannot be asked, or the folder holds something else.
    """
    _clear(folder)
    served = graph.service().current()
    wanted = [
        address
        for address in addresses(served.engine, content_of_environment())
        if urlsplit(address).path in READERS
    ]
    with graph.chosen(graph.Choice(served=served)):
        for address in wanted:
            page = _page(address)
            file = folder / file_of(address)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_linked(_drawn(page, address), address, set(wanted)), encoding="utf-8")
    _write_beside(folder, wanted)
    return len(wanted)


def _page(address: str) -> ReadingPage:
    parts = urlsplit(address)
    page = read(parts.path, parse_qs(parts.query))
    if page is None or page.status != 200:
        raise KgError(f"The page {address} cannot be written: there is nothing at that address.")
    return page


def _clear(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise MissingInput(f"{folder} holds something else. Name an empty folder, or a new one.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).touch()


def _drawn(page: ReadingPage, address: str) -> str:
    up = "../" * file_of(address).count("/")
    public = (public_address_of_environment() or "").rstrip("/")
    title = f"{page.title} – {NAME}" if address else NAME
    head = render(
        "frame/head.html",
        title=title,
        name=NAME,
        description=page.description,
        canonical=f"{public}/{page.address}" if public else None,
        kind=page.kind,
        picture=f"{public}/{_PICTURE}" if public else up + _PICTURE,
        picture_text=f"{NAME}: what other places did, and how we know",
        # The data stays with the server.
        thing=None,
        formats=FORMATS,
        data=serving.data_of(page, public),
        style_sheet=up + _STYLE,
    )
    return render(
        "site/page.html",
        base=None,
        language=language_tag(),
        icon=up + _ICON,
        told=Frame(
            head=head,
            before=render("frame/bar.html", name=NAME, doors=BAR, page=urlsplit(address).path)
            + render("frame/served.html", html=page.html, shortlist=""),
            after=render("frame/foot.html", script=up + _SCRIPT, pages=""),
        ),
    )


def _linked(page: str, address: str, wanted: set[str]) -> str:
    """Lead every link to the file of its page; what needs the server is left out."""
    document = html.document_fromstring(page)
    up = "../" * file_of(address).count("/")
    for link in list(document.iter("a")):
        target = link.get("href", "")
        parts = urlsplit(target)
        if parts.scheme or target.startswith("#"):
            continue
        there = _address_in(target, wanted)
        if there is None:
            _leave_out(link)
        else:
            link.set("href", up + file_of(there) + (f"#{parts.fragment}" if parts.fragment else ""))
    for form in list(document.iter("form")):
        _drop(form)
    for note in document.xpath(
        "//*[@id='kg-no-connection' or contains(@class, 'kg-unscripted') or @data-kg-server]"
    ):
        _drop(note)
    return f"<!doctype html>\n{html.tostring(document, encoding='unicode')}"


def _address_in(target: str, wanted: set[str]) -> str | None:
    """Return the address that a link leads to, if the folder holds its page."""
    parts = urlsplit(target)
    path = parts.path.removeprefix("./").strip("/")
    address = path + (f"?{parts.query}" if parts.query else "")
    return address if address in wanted else None


def _leave_out(link: Any) -> None:
    """Keep the words of a link that leads nowhere, unless it stands for what can be done with a server."""
    classes = (link.get("class") or "").split()
    parent = link.getparent()
    if "kg-button" in classes or "kg-search" in classes or link.get("data-kg-same") is not None:
        _drop(link)
    elif link.get("data-pages") is not None and parent is not None:
        _drop(parent)
    else:
        link.tag = "span"
        del link.attrib["href"]


def _drop(element: Any) -> None:
    element.drop_tree()


def _write_beside(folder: Path, wanted: list[str]) -> None:
    for name in (_SCRIPT, _ICON, _PICTURE):
        shutil.copyfile(serving.STATIC / name, folder / name)
    (folder / "fonts").mkdir()
    (folder / _STYLE).write_text("".join(_style(folder)), encoding="utf-8")
    public = (public_address_of_environment() or "").rstrip("/")
    if public:
        pages = [f"{public}/{file_of(address).removesuffix('index.html')}" for address in wanted]
        (folder / "sitemap.xml").write_text(render("site/sitemap.xml", pages=pages), encoding="utf-8")


def _style(folder: Path) -> Iterator[str]:
    for face in serving.typefaces():
        (folder / "fonts" / face.file.name).write_bytes(reduced(face.file))
        yield (
            f'@font-face{{font-family:"{face.family}";font-weight:200 900;font-display:swap;'
            f'src:url(fonts/{face.file.name}) format("woff2")}}\n'
        )
    yield serving.style()


def main() -> int:
    """Write the site into the folder that is named, and say how many pages it has."""
    try:
        number = write_site(Path(sys.argv[1]))
    except (KgError, etree.LxmlError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    finally:
        graph.service().close()
    sys.stdout.write(f"{number} pages\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
