"""How large the list is beside and above the paper, kept for the next start as the theme is."""

from tui.state_files import keep_state, state_file

USUAL = {"beside": 56, "stacked": 43}
"""The list's share of both panes by how they are arranged, in percent."""
LEAST, MOST = 10, 90
FILE = "panes"


def kept_shares() -> dict[str, int]:
    """Return the shares that were chosen last, the usual ones where none were."""
    shares = dict(USUAL)
    try:
        lines = state_file(FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return shares
    for line in lines:
        name, _, share = line.partition(" ")
        if name in shares and share.isdecimal() and LEAST <= int(share[:4]) <= MOST:
            shares[name] = int(share)
    return shares


def keep_shares(shares: dict[str, int]) -> None:
    """Keep shares for the next start; if they can't be written they hold for this one."""
    keep_state(FILE, "".join(f"{name} {share}\n" for name, share in shares.items()))
