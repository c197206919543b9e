"""How the screen is arranged: classes of the screen, see main.tcss, and the shares of the panes.

The shares are saved for the next start, like the theme.
"""

from textual.geometry import Size

from store.files.folders import state_file
from tui.state_files import save_state

ONE_PANE, STACKED, BESIDE = "-one-pane", "-stacked", "-beside"
"""The list or the paper; the list above the paper; the list beside it."""
FRAMED = "-framed"
"""Panes have frames; without it a rule parts them."""
SIDE_BY = "-side-by"
"""There is room for the sidebar beside the panes; without it the sidebar covers them."""
ALL = (ONE_PANE, STACKED, BESIDE, FRAMED, SIDE_BY)

FRAMED_HEIGHT = 30
"""From this height on there are rows for frames."""
SIDEBAR_WIDTH = 28
"""As in main.tcss."""
_TWO_PANES = Size(60, 16)
"""From this size on there are two panes; narrower they need rows: `FRAMED_HEIGHT`."""
_TWO_COLUMNS = 100
_BESIDE_SIDEBAR = 80

USUAL_SHARES = {"beside": 56, "stacked": 43}
"""The list's share of both panes by how they are arranged, in percent."""
LEAST_SHARE, MOST_SHARE = 10, 90
SHARES = "panes"
"""The file of shares."""


def arrangement(size: Size, sidebar: bool) -> frozenset[str]:
    """Return the classes for a terminal of a size, with the sidebar open or not."""
    tall = size.height >= FRAMED_HEIGHT
    side_by = size.width >= _BESIDE_SIDEBAR and size.height >= _TWO_PANES.height
    width = size.width - SIDEBAR_WIDTH if sidebar and side_by else size.width
    if size.height < _TWO_PANES.height or (size.width < _TWO_PANES.width and not tall):
        panes = ONE_PANE
    else:
        panes = BESIDE if width >= _TWO_COLUMNS else STACKED
    framed = {FRAMED} if tall else set()
    return frozenset({panes, *framed, *({SIDE_BY} if side_by else ())})


def saved_shares() -> dict[str, int]:
    """Return the shares that were chosen last, else the usual ones."""
    shares = dict(USUAL_SHARES)
    try:
        lines = state_file(SHARES).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return shares
    for line in lines:
        name, _, share = line.partition(" ")
        if name in shares and share.isdecimal() and LEAST_SHARE <= int(share[:4]) <= MOST_SHARE:
            shares[name] = int(share)
    return shares


def save_shares(shares: dict[str, int]) -> None:
    """Save shares for the next start; if they can't be written, they hold for this one."""
    save_state(SHARES, "".join(f"{name} {share}\n" for name, share in shares.items()))
