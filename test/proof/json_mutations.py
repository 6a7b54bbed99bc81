"""Mutated JSON: what a broken editor, script or person makes of good profiles or a good roster."""

import json
from copy import deepcopy
from random import Random

ODD = (
    None,
    True,
    0,
    -1,
    1.5,
    1e400,
    10**400,
    "",
    " ",
    "\x00",
    "\ud800",
    "\ufeff",
    "x" * 300,
    "../../../etc/passwd",
    "https://elsewhere.example/p.jpg",
    "photos/ok.jpg",
    "jana",
    "nobody",
    "2026-12-21",
    "25:00",
    "09:00\n",
    "booking-1",
    [],
    {},
    [[]],
    ["jana", 1],
    {"name": "Odd"},
)
LIMIT = 256 * 1024
"""Bytes of an instructor file above which it is not read."""


def mutated_json(seed, document):
    """Mutate a document, the same way for the same seed; gives bytes."""
    choose = Random(seed)
    return choose.choice(MUTATORS)(choose, deepcopy(document))


def _value(choose, document):
    """Puts odd values where others were."""
    for _ in range(choose.choice([1, 1, 2])):
        places = list(_places(document))
        if places:
            holder, key = choose.choice(places)
            holder[key] = deepcopy(choose.choice(ODD))
    return _written(choose, document)


def _without(choose, document):
    """Takes something away."""
    holder, key = choose.choice(list(_places(document)))
    del holder[key]
    return _written(choose, document)


def _more(choose, document):
    """Adds something, or a lot of it."""
    holder = choose.choice([document, *(value for value in _values(document) if isinstance(value, dict | list))])
    for number in range(choose.choice([1, 1, 3, 400])):
        if isinstance(holder, list):
            holder.append(deepcopy(choose.choice(ODD)))
        else:
            holder[choose.choice(["name", "date", "", "\ud800", f"i{number}", "x" * 400])] = deepcopy(
                choose.choice([*ODD, {"name": f"N{number}"}])
            )
    return _written(choose, document)


def _nested(choose, document):
    """Puts something very deep somewhere."""
    depth = choose.choice([50, 900, 1100, 20_000, 100_000])
    text = json.dumps(document)
    opening, closing = choose.choice([("[", "]"), ('{"a":', "}")])
    deep = opening * depth + "1" + closing * choose.choice([depth, 0])
    place = choose.choice([text.find(":") + 1, 0, len(text)])
    return (text[:place] + deep + choose.choice([",", ""]) + text[place:]).encode()


def _bytes(choose, document):
    """Damages some bytes."""
    damaged = bytearray(json.dumps(document, ensure_ascii=False).encode())
    for _ in range(choose.choice([1, 1, 2, 9])):
        place = choose.randrange(len(damaged))
        damaged[place : place + choose.choice([0, 1, 4])] = bytes(choose.randrange(256) for _ in range(choose.choice([0, 1, 1, 3])))
    return bytes(damaged)


def _size(choose, document):
    """Makes the file as large as is read, or a little larger."""
    text = json.dumps(document)
    return (text + choose.choice([" ", "\n", "\t"]) * (LIMIT + choose.choice([-1, 0, 1, 1000]) - len(text))).encode()


def _other_form(choose, document):
    """Writes the same in another encoding, or with keys twice, or something that only some call JSON."""
    text = json.dumps(document, ensure_ascii=False)
    forms = [
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        text.encode("cp1250", errors="replace"),
        text.replace('"', "'").encode(),
        (text[:-1] + "," + text[1:]).encode(),
        text.replace("[", "[NaN,", 1).encode(),
        (text + text).encode(),
        text[: choose.randrange(len(text))].encode(),
        b"",
        b"null",
        b"NaN",
        b'"' + b"x" * 5000 + b'"',
        b"9" * 5000,
    ]
    return choose.choice(forms)


def _written(choose, document):
    return json.dumps(document, ensure_ascii=choose.random() < 0.5, indent=choose.choice([None, 2])).encode(errors="surrogatepass")


def _places(document):
    """Everything that holds a value in a document: the holder and the key."""
    pairs = document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    for key, value in list(pairs):
        yield document, key
        yield from _places(value)


def _values(document):
    return (holder[key] for holder, key in _places(document))


MUTATORS = [*[_value] * 6, *[_more] * 3, *[_bytes] * 3, _without, _nested, _size, _other_form]
