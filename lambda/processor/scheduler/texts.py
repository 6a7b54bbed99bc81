"""Texts as an office types them and programs copy them, in the one form that they are compared and shown in."""

import unicodedata

_BLANK = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_ISO_LANGUAGES = {"cz": "cs"}


def trimmed(text: str) -> str:
    r"""Take away what nobody sees at both ends: white space, and control and format characters such as a byte-order mark.

    What counts as white space differs from one program to the next. Copied texts often begin with U+FEFF, which is none for Python.

    Example:
        >>> trimmed("\ufeff Novák ")
        'Novák'
    """
    if text.isprintable():
        # The space is the only printable character that nobody sees.
        return text.strip(" ")
    begin, end = 0, len(text)
    while begin < end and _is_blank(text[begin]):
        begin += 1
    while begin < end and _is_blank(text[end - 1]):
        end -= 1
    return text[begin:end]


def _is_blank(character: str) -> bool:
    return not character.isalnum() and unicodedata.category(character) in _BLANK


def clean(text: str) -> str:
    """Trim a text, and compose its letters (Unicode NFC)."""
    return unicodedata.normalize("NFC", trimmed(text))


def iso_language(text: str) -> str:
    """The ISO 639-1 code of a language as the school writes it, in small letters: ``cs`` for ``CZ``."""
    code = clean(text).lower()
    return _ISO_LANGUAGES.get(code, code)
