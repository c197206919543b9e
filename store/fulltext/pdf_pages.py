"""Print where the words of a PDF stand: a program of its own, started by store.fulltext.pdf.

A broken PDF may crash the library that reads it, or take all memory: here that ends nothing else.
A line a page is printed, JSON: its width and height, and of each piece of text the box it is in
and the text. Source: pypdfium2's text pages, which give pieces in the order of the file.
"""

import json
import sys

MEMORY = 280_000_000
"""Bytes that may be taken; a paper needs a tenth."""
SECONDS = 2
"""Of work; what has been printed until then is the text."""
MOST_PIECES = 20_000
"""Pieces of a page that are read."""


def main() -> int:
    """Read a PDF from standard input; 1 where it is none."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        print(error, file=sys.stderr)
        return 1
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            text = page.get_textpage()
            pieces = []
            for index in range(min(text.count_rects(), MOST_PIECES)):
                box = text.get_rect(index)
                pieces.append([*(round(each, 1) for each in box), text.get_text_bounded(*box)])
            print(json.dumps([*page.get_size(), pieces]), flush=True)
        except pypdfium2.PdfiumError:
            print(json.dumps([0, 0, []]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
