"""The catalogues of words as code and templates need them; `python -m tests.words` writes them anew.

What an editor or translator has filled in stays. Where the sentence that it stands for is gone, it stays at
the end of the file, out of use, for the editor to move or delete.
"""

import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "kg" / "locale"
FOLDERS = ("kg", "app_pages")
NOTES = {
    "en_GB": (
        "The words of the explorer, in British English.\n"
        "To change a sentence, write the new one between the quotation marks of its msgstr: it then stands\n"
        "wherever the sentence of msgid stood. Keep names in brackets, such as %(place)s, as they are.\n"
        "An empty msgstr changes nothing. docs/words.md says more."
    )
}


def extracted() -> Catalog:
    """Return every sentence that code and templates mark, in the order of files and lines."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(each["pattern"], each["method"]) for each in settings]
    options: dict[str, dict[str, Any]] = {
        each["pattern"]: {
            name: str(value) for name, value in each.items() if name not in {"pattern", "method"}
        }
        for each in settings
    }
    found = Catalog(fuzzy=False)
    rows = [
        (f"{folder}/{name}", line, message, comments, context)
        for folder in FOLDERS
        for name, line, message, comments, context in extract_from_dir(
            ROOT / folder, methods, options, keywords=DEFAULT_KEYWORDS, comment_tags=("Translators:",)
        )
    ]
    for path, line, message, comments, context in sorted(rows, key=lambda row: row[:2]):
        found.add(message, None, [(path, line)], auto_comments=comments, context=context)
    return found


def updated(path: Path) -> bytes:
    """Return a catalogue as it has to be: each sentence there is, with what was filled in for it."""
    name = path.parent.parent.name
    new = read_po(BytesIO(path.read_bytes()), locale=name) if path.is_file() else Catalog(locale=name)
    new.update(extracted(), no_fuzzy_matching=True)
    for key, message in list(new.obsolete.items()):
        if not message.string or not any(message.string):
            del new.obsolete[key]
    written = BytesIO()
    write_po(written, new, width=0, include_lineno=False, omit_header=True)
    plural = f"nplurals={new.num_plurals}; plural={new.plural_expr};"
    head = "".join(
        f"# {line}\n" for line in NOTES.get(name, f"The words of the explorer: {name}.").splitlines()
    )
    head += f'msgid ""\nmsgstr ""\n"Language: {name}\\n"\n"Plural-Forms: {plural}\\n"\n'
    head += '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return head.encode() + written.getvalue().rstrip(b"\n") + b"\n"


def catalogues() -> list[Path]:
    """Return the files of the catalogues."""
    return sorted({LOCALE / "en_GB" / "LC_MESSAGES" / "kg.po", *LOCALE.glob("*/LC_MESSAGES/kg.po")})


if __name__ == "__main__":
    for each in catalogues():
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_bytes(updated(each))
        print(f"{each.relative_to(ROOT)} is written.")  # noqa: T201
