"""The command `mcp`: the library for an assistant, over standard input and output.

Imported only with the extra `papers-tui[mcp]`. Source: the Model Context Protocol
(https://modelcontextprotocol.io), by its own SDK.
"""

import os
import sys
from collections.abc import Mapping

from store.errors import PapersError
from store.library import Library
from tui.agents.shelf import Shelf
from tui.settings.config import Config


def mcp(library: Library, views: Mapping[str, str], write: bool, config: Config) -> int:
    """Serve until the input ends."""
    try:
        from tui.agents.server import make_server
    except ImportError as error:
        raise PapersError("mcp needs its extra: pip install 'papers-tui[mcp]'") from error

    # Only the protocol writes to the output, whatever else prints.
    server = make_server(Shelf(library, views, config), write)
    sys.stdout.flush()
    if os.isatty(0):
        print("papers-tui: this is for an assistant to start; ctrl+d ends it", file=sys.stderr)
    server.run("stdio")
    return 0
