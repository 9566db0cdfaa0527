"""Files of Word and PowerPoint: what is the same in both, and that they have the same bytes each time."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.language import language_tag

__all__ = ["AUTHOR", "timeless"]

AUTHOR = "System Leadership Case Explorer"
_CORE = "docProps/core.xml"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>'
    "<dc:language>{}</dc:language></cp:coreProperties>"
)


def timeless(raw: bytes, title: str) -> bytes:
    """Write a file anew with its title and language, and without the times at which it was made.

    Args:
        raw: The file as a library wrote it.
        title: Its title.
    """
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as given, ZipFile(out, "w", ZIP_DEFLATED) as written:
        for member in given.infolist():
            bare = ZipInfo(member.filename)
            bare.compress_type = ZIP_DEFLATED
            bare.external_attr = 0o600 << 16
            is_core = member.filename == _CORE
            properties = _PROPERTIES.format(escape(title), AUTHOR, language_tag()).encode()
            written.writestr(bare, properties if is_core else given.read(member))
    return out.getvalue()
