"""The reading pages as a folder of files, and what search engines look for."""

from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from fontTools.ttLib import TTFont
from lxml import html as markup
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app_pages import discovery
from app_pages.reading import READERS
from app_pages.reading.addresses import addresses
from app_pages.site import file_of, write_site
from kg.engine import Engine
from kg.errors import MissingInput
from kg.graph.content import content_of_environment


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assert write_site(folder / "pages") > 0
    return folder / "pages"


def pages(folder: Path) -> list[Path]:
    """Return the pages of a site."""
    return sorted(folder.rglob("index.html"))


def test_every_reading_page_stands_in_a_file_of_its_own(site: Path, engine: Engine) -> None:
    wanted = [a for a in addresses(engine, content_of_environment()) if urlsplit(a).path in READERS]
    assert {str(page.relative_to(site)) for page in pages(site)} == {file_of(address) for address in wanted}
    assert (site / "case" / "leeds" / "index.html").exists()


def test_every_link_leads_to_a_file_of_the_folder_or_to_the_web(site: Path) -> None:
    for page in pages(site):
        document = markup.document_fromstring(page.read_text(encoding="utf-8"))
        for element, attribute, target, _ in document.iterlinks():
            if urlsplit(target).scheme in {"http", "https", "mailto", "data"} or not target:
                continue
            there = urljoin(page.as_uri(), target)
            assert Path(urlsplit(there).path).is_file(), (page, element.tag, attribute, target)


def test_typefaces_hold_the_letters_of_european_names_and_little_else(site: Path) -> None:
    files = sorted((site / "fonts").iterdir())
    assert len(files) == 2
    for file in files:
        font = TTFont(file)
        assert {axis.axisTag for axis in font["fvar"].axes} == {"wght"}
        assert set(map(ord, "aZ9é–’“”ößøŁ")) <= font.getBestCmap().keys()
        assert file.stat().st_size < 60_000
        assert file.name in (site / "style.css").read_text(encoding="utf-8")


def test_what_needs_the_server_is_left_out(site: Path) -> None:
    text = (site / "case" / "leeds" / "index.html").read_text(encoding="utf-8")
    assert "Plan a session with it" not in text
    assert "websocket" not in text
    assert 'id="root"' not in text


def test_a_folder_that_holds_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(MissingInput, match="holds something else"):
        write_site(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_an_earlier_site_is_replaced(site: Path) -> None:
    stale = site / "case" / "gone" / "index.html"
    stale.parent.mkdir()
    stale.touch()
    write_site(site)
    assert not stale.exists() and (site / "case" / "leeds" / "index.html").exists()


def test_search_engines_and_language_models_find_every_page(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_PUBLIC_ADDRESS", "https://cases.example.org")
    with TestClient(Starlette(routes=discovery.routes())) as client:
        robots, sitemap, brief = (
            client.get(f"/{name}") for name in ("robots.txt", "sitemap.xml", "llms.txt")
        )
    assert "Sitemap: https://cases.example.org/sitemap.xml" in robots.text
    listed = {place.text for place in markup.fromstring(sitemap.content).iter("loc")}
    assert listed == {
        f"https://cases.example.org/{address}" for address in addresses(engine, content_of_environment())
    }
    assert "](https://cases.example.org/case?id=leeds)" in brief.text
