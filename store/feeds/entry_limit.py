"""How many entries of one file are read."""


def entry_limit(text: str) -> int:
    """Return the number of entries after which the rest of a file is left out.

    Real bibliographies and listings take 500 characters and more an entry. A file made of empty
    entries would take minutes and gigabytes otherwise.
    """
    return 10_000 + len(text) // 500
