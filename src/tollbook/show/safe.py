"""Text of strangers, made safe to look at.

An article can carry terminal escapes, and direction overrides that make "43" read "34". Both are shown as what they
are instead of taking effect. Joiners and direction *marks* stay: Arabic and Persian need them.
"""

from __future__ import annotations

import re

# C0, DEL, C1; line and paragraph separators; embeddings, overrides and isolates; interlinear marks; tags; surrogates.
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)


def visible(text: str, keep: str = "") -> str:
    r"""The text with every character that could steer a terminal or turn a line shown as its code point.

    White space becomes a space, except the characters named in ``keep``.

    >>> visible("red \x1b[31m and \u202e43")
    'red ⟨U+001B⟩[31m and ⟨U+202E⟩43'
    >>> visible("two\nlines"), visible("two\nlines", keep="\n")
    ('two lines', 'two\nlines')
    """

    def shown(match: re.Match[str]) -> str:
        if match[0] in keep:
            return match[0]
        return " " if match[0] in "\t\n\v\f\r\u2028\u2029" else f"⟨U+{ord(match[0]):04X}⟩"

    return UNSAFE.sub(shown, text)
