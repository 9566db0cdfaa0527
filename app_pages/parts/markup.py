"""Text of the graph made safe where Streamlit reads Markdown: it may have been written by anyone."""

import re

__all__ = ["label"]

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def label(text: str) -> str:
    r"""Make a text safe where Streamlit reads Markdown, such as the label of a link.

    >>> print(label("[a](b) :red[x] $y$"))
    \[a\]\(b\) \:red\[x\] \$y\$
    """
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
