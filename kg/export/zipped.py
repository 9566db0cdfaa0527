"""Files of Word and PowerPoint with the same bytes each time."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

__all__ = ["timeless"]


def timeless(raw: bytes) -> bytes:
    """Write an archive anew without the times at which its members were written, in the same order."""
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as given, ZipFile(out, "w", ZIP_DEFLATED) as written:
        for member in given.infolist():
            bare = ZipInfo(member.filename)
            bare.compress_type = ZIP_DEFLATED
            bare.external_attr = 0o600 << 16
            written.writestr(bare, given.read(member))
    return out.getvalue()
