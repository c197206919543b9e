"""The keys of the reader, each with an id, a description and a tooltip. The help lists them."""

from textual.binding import Binding, BindingType


def key(
    id: str, keys: str, action: str, name: str, does: str, *, display: str = "", first: bool = False
) -> Binding:
    """Return the binding of a key, or of several separated by commas, with its id in the settings.

    `does` is its text in the help, `name` its name in the footer, `display` the keys shown there;
    with `first` it gets the key before an input line does.
    """
    return Binding(
        keys, action, name, show=False, key_display=display or None, priority=first, tooltip=does,
        id=id,
    )  # fmt: skip


def shown(*row: str, display: str = "", first: bool = False) -> Binding:
    """Return the binding of a key that the footer shows too."""
    id, keys, action, name, does = row
    return Binding(
        keys, action, name, key_display=display or None, priority=first, tooltip=does, id=id
    )


GROUPS = {
    "list": "Moving",
    "paper": "Reading",
    "detail": "In the open paper",
    "text": "The full text",
    "triage": "Cards",
    "contents": "The contents of a text",
    "figure": "A picture of a text",
    "mark": "Marks",
    "filter": "Finding",
    "view": "Views",
    "side": "The sidebar",
    "save": "Saving a view",
    "follow": "Choosing what to follow",
    "command": "Your own commands",
    "app": "Program",
    "tags": "The line of tags",
    "note": "Writing a note",
    "output": "What a command prints",
}
"""Headings of the help, by the first part of a binding's id."""

VIEW_TOOLTIPS = {
    "0": "All papers",
    "1": "Inbox: unread papers",
    "2": "Starred",
    "3": "Today",
    **{digit: f"Your view {digit}" for digit in "45678"},
    "9": "For you: unread, like your stars first",
}
"""What each digit shows, unless a view of the user's has it."""

SCREEN_KEYS: list[BindingType] = [
    key("app.redraw", "ctrl+l", "app.redraw", "Redraw", "Redraw the whole screen"),
    key("app.suspend", "ctrl+z", "app.suspend_process", "Suspend", "To the shell; fg comes back"),
]  # fmt: skip
"""The keys that work in dialogs and input lines too."""

APP_KEYS: list[BindingType] = [
    key("app.palette", "ctrl+p", "app.command_palette", "Palette", "Find a command by its name"),
    *SCREEN_KEYS,
]  # fmt: skip
"""The keys that work everywhere."""

KEYS: list[BindingType] = [
    shown("list.down", "j,down", "move(1)", "Move", "The next paper", display="j/k"),
    key("list.up", "k,up", "move(-1)", "Up", "The previous paper"),
    key("list.half_down", "ctrl+d,pagedown", "move_half(1)", "Half page down", "Half a page down"),
    key("list.half_up", "ctrl+u,pageup", "move_half(-1)", "Half page up", "Half a page up"),
    key("list.top", "g,home", "move_to(0)", "Top", "The first paper"),
    key("list.bottom", "G,end", "move_to(1000000000)", "Bottom", "The last paper"),
    shown("paper.open", "enter,l", "open", "Read", "Open the paper and mark it read"),
    shown("mark.star", "s", "star", "Star", "Star the paper, or remove the star"),
    shown("mark.tag", "t", "tag", "Tag", "Add and remove tags: +a -b"),
    key("mark.rename_tag", "T", "rename_tag", "Rename a tag", "Give a tag another name, or merge two"),
    key("mark.note", "N", "note", "Note", "Write a note on the paper"),
    key("mark.triage", "C", "triage", "Cards", "Go through unread papers, one per screen"),
    shown("filter.edit", "slash", "filter", "Filter", "Narrow the list as you type"),
    key("view.save", "m", "save_view", "Save view", "Save the filter as a view"),
    key("view.sidebar", "b", "sidebar", "Sidebar", "Views, feeds, and unread papers by day"),
    *(
        key(f"view.{digit}", digit, f"view('{digit}')", f"View {digit}", tooltip)
        for digit, tooltip in VIEW_TOOLTIPS.items()
    ),
    shown("list.next_unread", "n", "next_unread(1)", "Next unread", "Mark it read, go to the next unread"),
    key("list.previous_unread", "p", "next_unread(-1)", "Previous unread", "Mark it read, go to the previous unread"),
    key("list.next_day", "right_square_bracket", "move_day(1)", "Next day", "To the next day"),
    key("list.previous_day", "left_square_bracket", "move_day(-1)", "Previous day", "To the previous day"),
    key("mark.read", "r", "read", "Read/unread", "Mark the paper read or unread"),
    key("mark.all_read", "A", "all_read", "All read", "Mark all shown, or the selected, as read"),
    key("mark.select", "space", "select", "Select", "Select the paper and go to the next"),
    key("mark.select_range", "v", "select_range", "Range", "Begin or end a range of papers"),
    shown("mark.undo", "u", "undo", "Undo", "Undo the last change of marks"),
    key("mark.redo", "ctrl+r", "redo", "Redo", "Redo what was undone"),
    key("paper.back", "escape,h", "back", "Back", "Close messages, paper, selection, then filter"),
    key("paper.scroll_down", "J", "scroll_detail(1)", "Scroll down", "Scroll the abstract down"),
    key("paper.scroll_up", "K", "scroll_detail(-1)", "Scroll up", "Scroll the abstract up"),
    key("paper.page", "o", "open_page", "Open page", "Open the paper's page in the browser"),
    key("paper.pdf", "P", "open_pdf", "Open PDF", "Open the paper's PDF; fetches it once"),
    key("paper.fetch_pdfs", "D", "fetch_pdfs", "Fetch PDFs", "Fetch the PDFs of the selected papers"),
    key("paper.zotero", "Z", "send_to_zotero", "To Zotero", "Add the selected papers to Zotero"),
    key("paper.full_text", "f", "full_text", "Full text", "Read the full text (or Enter in the detail)"),
    key("paper.texts_ahead", "F", "texts_ahead", "Texts ahead", "Fetch texts ahead; again stops"),
    key("paper.related", "x", "related", "Related", "Show related papers; Esc goes back"),
    key("paper.zen", "z", "zen", "Zen", "Show only the paper; z goes back"),
    key("app.larger_list", "greater_than_sign", "move_border(1)", "Larger list", "Make the list larger, the paper smaller"),
    key("app.smaller_list", "less_than_sign", "move_border(-1)", "Smaller list", "Make the list smaller, the paper larger"),
    key("paper.copy", "y", "copy_link", "Copy link", "Copy the paper's address"),
    key("paper.copy_menu", "Y", "copy_menu", "Copy as…", "Copy BibTeX, citation, title, abstract"),
    key("list.hidden", "H", "hidden", "Hidden", "Show or hide the papers that rules hide"),
    key("mark.rule", "M", "make_rule", "Follow or mute", "Follow or mute an author, a category or a word"),
    key("filter.elsewhere", "ctrl+f", "search_elsewhere", "Search outside", "Search arXiv and Hugging Face for the words", first=True),
    key("filter.sort", "S", "sort", "Sort", "Sort the list; the same letter again reverses"),
    key("app.export", "e", "export", "Export", "Export the papers shown, or the selected"),
    key("app.subscribe", "a", "subscribe", "Subscribe…", "Choose what to follow: arXiv, feeds, a file"),
    key("app.fetch", "R", "fetch", "Fetch", "Go to what is new, else fetch; again stops"),
    shown("app.help", "question_mark", "help", "Help", "All keys"),
    *APP_KEYS,
    shown("app.quit", "q", "app.quit", "Quit", "Save and quit"),
]  # fmt: skip

LIST_ACTIONS = frozenset(
    binding.action.partition("(")[0]
    for binding in KEYS
    if isinstance(binding, Binding) and (binding.id or "").startswith(("list.", "paper.", "mark."))
) - {"undo", "redo"} | {"run_command"}
"""Actions on the paper under the cursor of the list."""

FILTER_KEYS: list[BindingType] = [
    # Actions of the screen and not messages to it, so that the next key finds the focus moved.
    shown("filter.accept", "enter", "screen.accept_filter", "To the list", "Go to the papers found"),
    shown("filter.cancel", "escape", "screen.cancel_filter", "Back", "Back to the previous filter"),
    shown("filter.earlier", "up", "screen.earlier_filter", "Earlier", "The previous filter you typed"),
    key("filter.later", "down", "screen.later_filter", "Later", "The next filter you typed; then the list"),
    shown("filter.complete", "tab,shift+tab", "complete", "Complete", "Accept the completion (or →)"),
]  # fmt: skip
"""The keys of the filter line."""

SIDE_KEYS: list[BindingType] = [
    shown("side.down", "j,down", "move(1)", "Move", "The next line", display="j/k"),
    key("side.up", "k,up", "move(-1)", "Up", "The previous line"),
    key("side.half_down", "ctrl+d,pagedown", "move_half(1)", "Half page down", "Half a page down"),
    key("side.half_up", "ctrl+u,pageup", "move_half(-1)", "Half page up", "Half a page up"),
    key("side.top", "g,home", "move(-1000000000)", "Top", "The first line"),
    key("side.bottom", "G,end", "move(1000000000)", "Bottom", "The last line"),
    shown("side.open", "enter,l", "screen.open_entry", "Narrow", "Narrow the list to it"),
    shown("side.close", "escape,h,b", "screen.close_sidebar", "Close", "Close the sidebar"),
    shown("side.add", "a", "screen.subscribe", "Add", "Choose what else to follow"),
    shown("side.remove", "d", "screen.remove_entry", "Remove", "Remove the view or the feed"),
    shown("side.rename", "r", "screen.rename_view", "Rename", "Change the view's name or digit"),
    shown("side.restore", "u", "screen.restore_entry", "Undo", "Undo the last change of views or feeds"),
]  # fmt: skip
"""The keys of the sidebar."""

SAVE_KEYS: list[BindingType] = [
    # Before the line gets it: its message would come after the next key.
    shown("save.accept", "enter", "accept", "Save", "Confirm what the line below says", first=True),
    shown("save.other_line", "tab,down,up", "other_line", "Name, digit", "Switch between name and digit", first=True),
    shown("save.cancel", "escape", "cancel", "Cancel", "Close without saving"),
]  # fmt: skip
"""The keys of the dialog that names a view."""

DETAIL_KEYS: list[BindingType] = [
    shown("detail.down", "j,down", "scroll(1)", "Scroll", "Scroll down a line", display="j/k"),
    shown("detail.full_text", "enter,l", "screen.open", "Full text", "Read the full text"),
    shown("detail.back", "escape,h", "screen.back", "Back", "Back to the list"),
    key("detail.up", "k,up", "scroll(-1)", "Scroll up", "Scroll up a line"),
    key("detail.half_down", "space,ctrl+d,pagedown", "scroll_half(1)", "Half page down", "Half a page down"),
    key("detail.half_up", "ctrl+u,pageup", "scroll_half(-1)", "Half page up", "Half a page up"),
    key("detail.top", "g,home", "scroll(-1000000)", "To the top", "To the beginning"),
    key("detail.bottom", "G,end", "scroll(1000000)", "To the bottom", "To the end"),
    key("detail.link_1", "1", "screen.open_link(1)", "First link", "Open its first link"),
    key("detail.link_2", "2", "screen.open_link(2)", "Second link", "Open its second link"),
    key("detail.link_3", "3", "screen.open_link(3)", "Third link", "Open its third link"),
    key("detail.link_4", "4", "screen.open_link(4)", "Fourth link", "Open its fourth link"),
    key("detail.link_5", "5", "screen.open_link(5)", "Fifth link", "Open its fifth link"),
]  # fmt: skip
"""The keys of the open paper, in addition to those of the reader."""

TEXT_KEYS: list[BindingType] = [
    shown("text.down", "j,down", "scroll(1)", "Scroll", "Scroll down a line", display="j/k"),
    key("text.up", "k,up", "scroll(-1)", "Scroll up", "Scroll up a line"),
    key("text.half_down", "space,ctrl+d", "scroll_half(1)", "Half page down", "Half a page down"),
    key("text.half_up", "ctrl+u", "scroll_half(-1)", "Half page up", "Half a page up"),
    key("text.page_down", "pagedown", "scroll_page(1)", "Page down", "A page down"),
    key("text.page_up", "pageup", "scroll_page(-1)", "Page up", "A page up"),
    key("text.top", "g,home", "scroll(-1000000000)", "Top", "To the beginning"),
    key("text.bottom", "G,end", "scroll(1000000000)", "Bottom", "To the end"),
    shown("text.next_heading", "right_square_bracket", "heading(1)", "Next heading", "To the next heading", display="[/]"),
    key("text.previous_heading", "left_square_bracket", "heading(-1)", "Previous heading", "To the previous heading"),
    shown("text.search", "slash", "search", "Search", "Search in the text as you type"),
    shown("text.next_match", "n", "match(1)", "Next match", "To the next match", display="n/N"),
    key("text.previous_match", "N", "match(-1)", "Previous match", "To the previous match"),
    shown("text.contents", "o", "contents", "Contents", "The contents; a number goes to its section"),
    shown("text.figure", "i", "figure", "Picture", "Show the figure in sight on the whole screen"),
    key("text.next_link", "tab", "link(1)", "Next link", "To the next link"),
    key("text.previous_link", "shift+tab", "link(-1)", "Previous link", "To the previous link"),
    key("text.follow", "enter", "follow", "Follow", "Follow the link; at a reference, choose"),
    shown("text.hints", "f", "hints", "Links", "Label the links in sight; type a label to follow"),
    key("text.jump_back", "backspace,ctrl+o", "jump_back", "Jump back", "Go back after following a link"),
    key("text.star", "s", "star", "Star", "Star the paper, or remove the star"),
    key("text.read", "r", "read", "Read/unread", "Mark the paper read or unread"),
    key("text.tag", "t", "tag", "Tag", "Add and remove tags: +a -b"),
    key("text.undo", "u", "undo", "Undo", "Undo the last change of marks"),
    shown("text.note", "e", "note", "Note", "Write a note on the paper, beside or below the text"),
    shown("text.quote", "c", "quote", "Quote", "Copy the paragraph or the range into the note"),
    key("text.range", "v", "mark_range", "Range", "Start a range for c to quote, or cancel it"),
    key("text.copy", "y", "copy_link", "Copy link", "Copy the paper's address"),
    key("text.copy_menu", "Y", "copy_menu", "Copy as…", "Copy BibTeX, citation, title, abstract"),
    key("text.page", "O", "open_page", "Open page", "Open the paper's page in the browser"),
    key("text.pdf", "P", "open_pdf", "PDF", "Open the paper's PDF; fetches it once"),
    key("text.fetch", "R", "fetch_again", "Fetch again", "Fetch the text again"),
    shown("text.help", "question_mark", "help", "Help", "All keys"),
    shown("text.close", "escape,h,q", "close", "Back", "Close the text; stops fetching"),
]  # fmt: skip
"""The keys of the full text."""

TRIAGE_KEYS: list[BindingType] = [
    shown("triage.skip", "n", "skip", "Skip", "Mark it read, on to the next card"),
    shown("triage.keep", "s", "keep", "Keep", "Star it and mark it read, on to the next card"),
    shown("triage.tag", "t", "tag", "Tag", "Add and remove tags; with a new one it is kept"),
    shown("triage.undo", "u", "undo", "Undo", "Undo the last change of marks, and go to its card"),
    shown("triage.open", "enter,l,f", "open", "Open", "The full text; on the last card, the kept papers"),
    shown("triage.page", "o,O", "open_page", "Page", "Open the paper's page in the browser"),
    key("triage.pdf", "P", "open_pdf", "PDF", "Open the paper's PDF; fetches it once"),
    key("triage.previous", "p", "previous", "Previous", "Back to the card before; marks nothing"),
    key("triage.down", "j,down", "scroll(1)", "Scroll", "Scroll down a line"),
    key("triage.up", "k,up", "scroll(-1)", "Scroll up", "Scroll up a line"),
    key("triage.half_down", "space,ctrl+d,pagedown", "scroll_half(1)", "Half page down", "Half a page down"),
    key("triage.half_up", "ctrl+u,pageup", "scroll_half(-1)", "Half page up", "Half a page up"),
    shown("triage.help", "question_mark", "help", "Help", "All keys"),
    shown("triage.close", "escape,h,q", "close", "Leave", "To the list; marks stay"),
]  # fmt: skip
"""The keys of the cards."""

CONTENTS_KEYS: list[BindingType] = [
    shown("contents.down", "j,down", "move(1)", "Move", "The next heading", display="j/k"),
    key("contents.up", "k,up", "move(-1)", "Up", "The previous heading"),
    key("contents.half_down", "ctrl+d,pagedown", "move(10)", "Down", "Ten headings down"),
    key("contents.half_up", "ctrl+u,pageup", "move(-10)", "Up", "Ten headings up"),
    key("contents.top", "g,home", "move(-1000000)", "Top", "The first heading"),
    key("contents.bottom", "G,end", "move(1000000)", "Bottom", "The last heading"),
    shown("contents.choose", "enter,l", "choose", "Go there", "Go to the section"),
    shown("contents.cancel", "escape,h,o,q", "cancel", "Back", "Stay where you were"),
]  # fmt: skip
"""The keys of the contents of a text."""

FIGURE_KEYS: list[BindingType] = [
    shown("figure.next", "n,j,l,right,down,space", "move(1)", "Next", "The next picture", display="n/p"),
    key("figure.previous", "p,k,left,up", "move(-1)", "Previous", "The previous picture"),
    shown("figure.open", "o,O", "open", "Open", "Open the picture in the browser"),
    shown("figure.cancel", "escape,h,i,q", "cancel", "Back", "Back to the text"),
]  # fmt: skip
"""The keys of a picture on the whole screen."""

SEARCH_KEYS: list[BindingType] = [
    shown("text.accept", "enter", "screen.accept_filter", "To the text", "To the match"),
    shown("text.cancel", "escape", "screen.cancel_filter", "Back", "Back to where you were before the search"),
]  # fmt: skip
"""The keys of the line that searches a text."""

FOLLOW_KEYS: list[BindingType] = [
    # Before the line takes it: its message would come after the next key.
    shown("follow.accept", "enter", "accept", "Follow", "Confirm what the line below says", first=True),
    shown("follow.tick", "tab", "tick", "Tick", "Tick the line, to follow several (or space)", first=True),
    shown("follow.next", "down", "move(1)", "Move", "The next line", display="↓/↑", first=True),
    key("follow.previous", "up", "move(-1)", "Up", "The previous line", first=True),
    key("follow.page_down", "pagedown", "move(8)", "Down", "Eight lines down", first=True),
    key("follow.page_up", "pageup", "move(-8)", "Up", "Eight lines up", first=True),
    shown("follow.cancel", "escape", "cancel", "Cancel", "Close without following", first=True),
]  # fmt: skip
"""The keys where one chooses what to follow."""

# Before the line or the text takes them: its message would come after the next key.
TAG_KEYS: list[BindingType] = [
    shown("tags.accept", "enter", "accept", "Done", "Confirm what the line below says", first=True),
    shown("tags.complete", "tab", "complete", "Complete", "Accept the completion (or → at the end)", first=True),
    shown("tags.next", "down", "choose(1)", "Next", "To the next completion", first=True),
    shown("tags.previous", "up", "choose(-1)", "Previous", "To the previous completion", first=True),
    shown("tags.cancel", "escape", "cancel", "Cancel", "Close without changing tags", first=True),
]  # fmt: skip
"""The keys of the tag line."""

NOTE_KEYS: list[BindingType] = [
    shown("note.save", "escape,ctrl+s", "save", "Save", "Save the note; an empty note is removed", first=True),
    shown("note.editor", "ctrl+e", "edit_elsewhere", "Editor", "Continue in $VISUAL or $EDITOR", first=True),
]  # fmt: skip
"""The keys of the note editor."""

EXPORT_KEYS: list[BindingType] = [
    # Before the line takes it: its message would come after the next key.
    shown("export.accept", "enter", "accept", "Export", "Write the file", first=True),
    shown("export.next_format", "tab", "next_format(1)", "Next format", "The next format", first=True),
    key("export.previous_format", "shift+tab", "next_format(-1)", "Previous format", "The previous format", first=True),
    shown("export.cancel", "escape", "cancel", "Cancel", "Close without exporting"),
]  # fmt: skip
"""The keys of the export dialog."""

MENU_KEYS: list[BindingType] = [
    # Before the list takes it: its message would come after the next key.
    shown("menu.choose", "enter", "choose", "Choose", "Take the choice under the cursor", first=True),
    shown("menu.down", "j", "move(1)", "Move", "The next choice", display="j/k"),
    key("menu.up", "k", "move(-1)", "Up", "The previous choice"),
    shown("menu.cancel", "escape,q", "cancel", "Cancel", "Close without choosing"),
]  # fmt: skip
"""The keys of a menu."""

OUTPUT_KEYS: list[BindingType] = [
    shown("output.down", "j,down", "scroll(1)", "Scroll", "Scroll down a line", display="j/k"),
    key("output.up", "k,up", "scroll(-1)", "Up", "Scroll up a line"),
    key("output.half_down", "space,ctrl+d,pagedown", "scroll_half(1)", "Half page down", "Half a page down"),
    key("output.half_up", "ctrl+u,pageup", "scroll_half(-1)", "Half page up", "Half a page up"),
    key("output.top", "g,home", "scroll(-1000000)", "Top", "To the beginning"),
    key("output.bottom", "G,end", "scroll(1000000)", "Bottom", "Go to the end and follow the output"),
    shown("output.copy", "y", "copy", "Copy", "Copy the output"),
    shown("output.close", "escape,q,h", "dismiss(None)", "Close", "Close; stops the command if it still runs"),
]  # fmt: skip
"""The keys of the popup with a command's output."""

HELP_KEYS: list[BindingType] = [
    shown("help.down", "j,down", "scroll(1)", "Scroll", "Scroll down a line", display="j/k"),
    key("help.up", "k,up", "scroll(-1)", "Up", "Scroll up a line"),
    key("help.half_down", "space,ctrl+d,pagedown", "scroll_half(1)", "Half page down", "Half a page down"),
    key("help.half_up", "ctrl+u,pageup", "scroll_half(-1)", "Half page up", "Half a page up"),
    key("help.top", "g,home", "scroll(-1000000)", "Top", "To the beginning"),
    key("help.bottom", "G,end", "scroll(1000000)", "Bottom", "To the end"),
    shown("help.search", "slash", "search", "Search", "Search for a key or what it does"),
    shown("help.close", "escape,q,question_mark", "close", "Close", "Close the search, else the help"),
]  # fmt: skip
"""The keys of the help."""

TYPING_IDS = frozenset(
    binding.id
    for bindings in (
        *(FILTER_KEYS, SEARCH_KEYS, SAVE_KEYS, FOLLOW_KEYS, TAG_KEYS, NOTE_KEYS, EXPORT_KEYS),
    )
    for binding in bindings
    if isinstance(binding, Binding)
)
"""Actions where letters are typed."""
