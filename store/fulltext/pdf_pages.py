"""Print the positions of the words of a PDF: a program of its own, started by store.fulltext.pdf.

A broken PDF may crash the library that reads it, or take all memory: only this program ends then.
It prints a line of JSON for each page: width, height, and the box and text of each piece of text.
Source: pypdfium2's text pages, with pieces in the order of the file.
"""

import json
import sys

MEMORY = 280_000_000
"""Most bytes of memory; a paper needs a tenth."""
SECONDS = 2
"""Most CPU time; the output until then is the text."""
MOST_PIECES = 20_000
"""Most pieces of a page."""


def main() -> int:
    """Read a PDF from standard input; return 1 if it is not one."""
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
