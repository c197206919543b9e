"""The keys of the reader: each with an id, a description and a tooltip. Help is made of them."""

from textual.binding import Binding, BindingType

GROUPS = {
    "list": "Moving",
    "paper": "Reading",
    "detail": "In the open paper",
    "text": "The full text",
    "contents": "The contents of a text",
    "mark": "Marks",
    "filter": "Finding",
    "view": "Views",
    "side": "The sidebar",
    "save": "Saving a view",
    "command": "Your own commands",
    "app": "Program",
    "tags": "The line of tags",
    "note": "Writing a note",
    "output": "What a command prints",
}
"""Headings of the help, by the first part of a binding's id."""

VIEW_TOOLTIPS = {
    "0": "All papers",
    "1": "Inbox: what is unread",
    "2": "Starred",
    "3": "Today",
    **{digit: f"Your view {digit}" for digit in "45678"},
    "9": "For you: unread, like your stars first",
}
"""What each digit goes to, unless a view of yours has it."""

SCREEN_KEYS: list[BindingType] = [
    Binding("ctrl+l", "app.redraw", "Redraw", tooltip="Redraw the whole screen",
            id="app.redraw", show=False),
    Binding("ctrl+z", "app.suspend_process", "Suspend", tooltip="To the shell; fg comes back",
            id="app.suspend", show=False),
]  # fmt: skip
"""The keys that work in dialogs and lines too."""

APP_KEYS: list[BindingType] = [
    Binding("ctrl+p", "app.command_palette", "Palette", tooltip="Find a command by its name",
            id="app.palette", show=False),
    *SCREEN_KEYS,
]  # fmt: skip
"""The keys of the program, wherever one is."""

KEYS: list[BindingType] = [
    Binding("j,down", "move(1)", "Move", tooltip="The next paper", id="list.down",
            key_display="j/k"),
    Binding("k,up", "move(-1)", "Up", tooltip="The previous paper", id="list.up",
            show=False),
    Binding("ctrl+d,pagedown", "move_half(1)", "Half page down",
            tooltip="Half a page down", id="list.half_down", show=False),
    Binding("ctrl+u,pageup", "move_half(-1)", "Half page up",
            tooltip="Half a page up", id="list.half_up", show=False),
    Binding("g,home", "move_to(0)", "Top", tooltip="The first paper", id="list.top",
            show=False),
    Binding("G,end", "move_to(1000000000)", "Bottom", tooltip="The last paper",
            id="list.bottom", show=False),
    Binding("enter,l", "open", "Read", tooltip="Open the paper and mark it read",
            id="paper.open"),
    Binding("s", "star", "Star", tooltip="Star the paper, or take the star away",
            id="mark.star"),
    Binding("t", "tag", "Tag", tooltip="Add and remove tags: +a -b", id="mark.tag"),
    Binding("T", "rename_tag", "Rename a tag", tooltip="Give a tag another name, or merge two",
            id="mark.rename_tag", show=False),
    Binding("N", "note", "Note", tooltip="Write a note on the paper", id="mark.note",
            show=False),
    Binding("slash", "filter", "Filter", tooltip="Narrow the list as you type",
            id="filter.edit"),
    Binding("m", "save_view", "Save view", tooltip="Save the filter as a view",
            id="view.save", show=False),
    Binding("b", "sidebar", "Sidebar", tooltip="Views, and what is unread by day",
            id="view.sidebar", show=False),
    *(
        Binding(digit, f"view('{digit}')", f"View {digit}", tooltip=tooltip,
                id=f"view.{digit}", show=False)
        for digit, tooltip in VIEW_TOOLTIPS.items()
    ),
    Binding("n", "next_unread(1)", "Next unread",
            tooltip="Mark it read, on to the next unread",
            id="list.next_unread"),
    Binding("p", "next_unread(-1)", "Previous unread",
            tooltip="Mark it read, back to the last unread",
            id="list.previous_unread", show=False),
    Binding("right_square_bracket", "move_day(1)", "Next day",
            tooltip="To the next day", id="list.next_day",
            show=False),
    Binding("left_square_bracket", "move_day(-1)", "Previous day",
            tooltip="To the previous day", id="list.previous_day",
            show=False),
    Binding("r", "read", "Read/unread", tooltip="Mark the paper read or unread",
            id="mark.read", show=False),
    Binding("A", "all_read", "All read", tooltip="Mark all shown as read, or those selected",
            id="mark.all_read", show=False),
    Binding("space", "select", "Select", tooltip="Select the paper and go on",
            id="mark.select", show=False),
    Binding("v", "select_range", "Range", tooltip="Begin or end a range of papers",
            id="mark.select_range", show=False),
    Binding("u", "undo", "Undo", tooltip="Undo the last change of marks",
            id="mark.undo"),
    Binding("ctrl+r", "redo", "Redo", tooltip="Redo what was undone",
            id="mark.redo", show=False),
    Binding("escape,h", "back", "Back",
            tooltip="Closes messages, paper, selection, then filter",
            id="paper.back", show=False),
    Binding("J", "scroll_detail(1)", "Scroll down", tooltip="Scroll the abstract down",
            id="paper.scroll_down", show=False),
    Binding("K", "scroll_detail(-1)", "Scroll up", tooltip="Scroll the abstract up",
            id="paper.scroll_up", show=False),
    Binding("o", "open_page", "Open page", tooltip="Open the paper's page in the browser",
            id="paper.page", show=False),
    Binding("P", "open_pdf", "Open PDF", tooltip="Open the paper's PDF; fetches it once",
            id="paper.pdf", show=False),
    Binding("D", "fetch_pdfs", "Fetch PDFs", tooltip="Fetch the PDFs of the papers selected",
            id="paper.fetch_pdfs", show=False),
    Binding("Z", "send_to_zotero", "To Zotero",
            tooltip="Put the papers selected into Zotero", id="paper.zotero",
            show=False),
    Binding("f", "full_text", "Full text",
            tooltip="Read the whole text (or Enter in the detail)",
            id="paper.full_text", show=False),
    Binding("F", "texts_ahead", "Texts ahead",
            tooltip="Fetch texts ahead; again stops",
            id="paper.texts_ahead", show=False),
    Binding("x", "related", "Related", tooltip="What is like the paper; Esc goes back",
            id="paper.related", show=False),
    Binding("z", "zen", "Zen", tooltip="The paper alone, in short lines; z goes back",
            id="paper.zen", show=False),
    Binding("greater_than_sign", "move_border(1)", "Larger list",
            tooltip="Make the list larger, the paper smaller", id="app.larger_list", show=False),
    Binding("less_than_sign", "move_border(-1)", "Smaller list",
            tooltip="Make the list smaller, the paper larger", id="app.smaller_list", show=False),
    Binding("y", "copy_link", "Copy link", tooltip="Copy the paper's address",
            id="paper.copy", show=False),
    Binding("Y", "copy_menu", "Copy as…",
            tooltip="Copy BibTeX, citation, title, abstract",
            id="paper.copy_menu", show=False),
    Binding("H", "hidden", "Hidden", tooltip="Show the papers that rules hide, or not",
            id="list.hidden", show=False),
    Binding("M", "make_rule", "Follow or mute",
            tooltip="Follow or mute an author, a category or a word",
            id="mark.rule", show=False),
    Binding("S", "sort", "Sort", tooltip="Sort the list; the same letter again reverses",
            id="filter.sort", show=False),
    Binding("e", "export", "Export", tooltip="Export the papers shown, or those selected",
            id="app.export", show=False),
    Binding("R", "fetch", "Fetch", tooltip="To what is new, else fetch; again stops",
            id="app.fetch", show=False),
    Binding("question_mark", "help", "Help", tooltip="All keys", id="app.help"),
    *APP_KEYS,
    Binding("q", "app.quit", "Quit", tooltip="Save and quit", id="app.quit"),
]  # fmt: skip

LIST_ACTIONS = frozenset(
    binding.action.partition("(")[0]
    for binding in KEYS
    if isinstance(binding, Binding) and (binding.id or "").startswith(("list.", "paper.", "mark."))
) - {"undo", "redo"} | {"run_command"}
"""What is done to the paper under the cursor of the list."""

FILTER_KEYS: list[BindingType] = [
    # Actions of the screen and not messages to it, so that the next key finds the focus moved.
    Binding("enter", "screen.accept_filter", "To the list", tooltip="To what was found",
            id="filter.accept"),
    Binding("escape", "screen.cancel_filter", "Back",
            tooltip="Back to the filter that stood before", id="filter.cancel"),
    Binding("up", "screen.earlier_filter", "Earlier", tooltip="The filter typed before",
            id="filter.earlier"),
    Binding("down", "screen.later_filter", "Later",
            tooltip="The filter typed after; then the list", id="filter.later", show=False),
    Binding("tab,shift+tab", "complete", "Complete", tooltip="Take the completion (or →)",
            id="filter.complete"),
]  # fmt: skip
"""The keys of the line in which a filter is typed."""

SIDE_KEYS: list[BindingType] = [
    Binding("j,down", "move(1)", "Move", tooltip="The next line", id="side.down",
            key_display="j/k"),
    Binding("k,up", "move(-1)", "Up", tooltip="The previous line", id="side.up", show=False),
    Binding("ctrl+d,pagedown", "move_half(1)", "Half page down", tooltip="Half a page down",
            id="side.half_down", show=False),
    Binding("ctrl+u,pageup", "move_half(-1)", "Half page up", tooltip="Half a page up",
            id="side.half_up", show=False),
    Binding("g,home", "move(-1000000000)", "Top", tooltip="The first line", id="side.top",
            show=False),
    Binding("G,end", "move(1000000000)", "Bottom", tooltip="The last line", id="side.bottom",
            show=False),
    Binding("enter,l", "screen.open_entry", "Narrow", tooltip="Narrow the list to it",
            id="side.open"),
    Binding("escape,h,b", "screen.close_sidebar", "Close", tooltip="Close the sidebar",
            id="side.close"),
    Binding("d", "screen.remove_view", "Remove", tooltip="Remove the view",
            id="side.remove"),
    Binding("r", "screen.rename_view", "Rename", tooltip="Another name or digit for the view",
            id="side.rename"),
    Binding("u", "screen.restore_view", "Undo", tooltip="Undo the last change of views",
            id="side.restore"),
]  # fmt: skip
"""The keys of the sidebar."""

SAVE_KEYS: list[BindingType] = [
    # Before the line takes it: its message would come after the next key.
    Binding("enter", "accept", "Save", tooltip="Confirm what the line below says",
            id="save.accept", priority=True),
    Binding("tab,down,up", "other_line", "Name, digit", tooltip="From name to digit and back",
            id="save.other_line", priority=True),
    Binding("escape", "cancel", "Cancel", tooltip="Save no view", id="save.cancel"),
]  # fmt: skip
"""The keys where a view is given a name."""

DETAIL_KEYS: list[BindingType] = [
    Binding("j,down", "scroll(1)", "Scroll", tooltip="Scroll down a line", id="detail.down",
            key_display="j/k"),
    Binding("enter,l", "screen.open", "Full text", tooltip="Read the whole text",
            id="detail.full_text"),
    Binding("escape,h", "screen.back", "Back", tooltip="Back to the list", id="detail.back"),
    Binding("k,up", "scroll(-1)", "Scroll up", tooltip="Scroll up a line", id="detail.up",
            show=False),
    Binding("space,ctrl+d,pagedown", "scroll_half(1)", "Half page down",
            tooltip="Half a page down", id="detail.half_down", show=False),
    Binding("ctrl+u,pageup", "scroll_half(-1)", "Half page up", tooltip="Half a page up",
            id="detail.half_up", show=False),
    Binding("g,home", "scroll(-1000000)", "To the top", tooltip="To the beginning",
            id="detail.top", show=False),
    Binding("G,end", "scroll(1000000)", "To the bottom", tooltip="To the end",
            id="detail.bottom", show=False),
    Binding("1", "screen.open_link(1)", "First link", tooltip="Open its first link",
            id="detail.link_1", show=False),
    Binding("2", "screen.open_link(2)", "Second link", tooltip="Open its second link",
            id="detail.link_2", show=False),
    Binding("3", "screen.open_link(3)", "Third link", tooltip="Open its third link",
            id="detail.link_3", show=False),
    Binding("4", "screen.open_link(4)", "Fourth link", tooltip="Open its fourth link",
            id="detail.link_4", show=False),
    Binding("5", "screen.open_link(5)", "Fifth link", tooltip="Open its fifth link",
            id="detail.link_5", show=False),
]  # fmt: skip
"""The keys of the open paper, beside those of the reader."""

TEXT_KEYS: list[BindingType] = [
    Binding("j,down", "scroll(1)", "Scroll", tooltip="Scroll down a line", id="text.down",
            key_display="j/k"),
    Binding("k,up", "scroll(-1)", "Scroll up", tooltip="Scroll up a line", id="text.up",
            show=False),
    Binding("space,ctrl+d", "scroll_half(1)", "Half page down", tooltip="Half a page down",
            id="text.half_down", show=False),
    Binding("ctrl+u", "scroll_half(-1)", "Half page up", tooltip="Half a page up",
            id="text.half_up", show=False),
    Binding("pagedown", "scroll_page(1)", "Page down", tooltip="A page down",
            id="text.page_down", show=False),
    Binding("pageup", "scroll_page(-1)", "Page up", tooltip="A page up",
            id="text.page_up", show=False),
    Binding("g,home", "scroll(-1000000000)", "Top", tooltip="To the beginning",
            id="text.top", show=False),
    Binding("G,end", "scroll(1000000000)", "Bottom", tooltip="To the end",
            id="text.bottom", show=False),
    Binding("right_square_bracket", "heading(1)", "Next heading", tooltip="To the next heading",
            id="text.next_heading", key_display="[/]"),
    Binding("left_square_bracket", "heading(-1)", "Previous heading",
            tooltip="To the previous heading", id="text.previous_heading", show=False),
    Binding("slash", "search", "Search", tooltip="Search in the text as you type",
            id="text.search"),
    Binding("n", "match(1)", "Next match", tooltip="To the next match",
            id="text.next_match", key_display="n/N"),
    Binding("N", "match(-1)", "Previous match", tooltip="To the previous match",
            id="text.previous_match", show=False),
    Binding("o", "contents", "Contents", tooltip="The contents; a number goes to its section",
            id="text.contents"),
    Binding("tab", "link(1)", "Next link", tooltip="To the next link", id="text.next_link",
            show=False),
    Binding("shift+tab", "link(-1)", "Previous link", tooltip="To the previous link",
            id="text.previous_link", show=False),
    Binding("enter", "follow", "Follow", tooltip="Follow the link; at a reference: what to do",
            id="text.follow", show=False),
    Binding("f", "hints", "Links", tooltip="A letter for each link in sight; type it to follow",
            id="text.hints"),
    Binding("backspace,ctrl+o", "jump_back", "Jump back", tooltip="Back from where a link led",
            id="text.jump_back", show=False),
    Binding("s", "star", "Star", tooltip="Star the paper, or take the star away",
            id="text.star", show=False),
    Binding("r", "read", "Read/unread", tooltip="Mark the paper read or unread",
            id="text.read", show=False),
    Binding("t", "tag", "Tag", tooltip="Add and remove tags: +a -b", id="text.tag", show=False),
    Binding("u", "undo", "Undo", tooltip="Take back the last change of marks", id="text.undo",
            show=False),
    Binding("e", "note", "Note", tooltip="Write a note on the paper, beside or below the text",
            id="text.note"),
    Binding("c", "quote", "Quote", tooltip="Copy the paragraph, or what is marked, into the note",
            id="text.quote"),
    Binding("v", "mark_range", "Range", tooltip="Mark from here what c quotes, or give that up",
            id="text.range", show=False),
    Binding("y", "copy_link", "Copy link", tooltip="Copy the paper's address", id="text.copy",
            show=False),
    Binding("Y", "copy_menu", "Copy as…", tooltip="Copy BibTeX, citation, title, abstract",
            id="text.copy_menu", show=False),
    Binding("O", "open_page", "Open page", tooltip="Open the paper's page in the browser",
            id="text.page", show=False),
    Binding("P", "open_pdf", "PDF", tooltip="Open the paper's PDF; fetches it once",
            id="text.pdf", show=False),
    Binding("R", "fetch_again", "Fetch again", tooltip="Fetch the text again",
            id="text.fetch", show=False),
    Binding("question_mark", "help", "Help", tooltip="All keys", id="text.help"),
    Binding("escape,h,q", "close", "Back",
            tooltip="Back to where you were; stops fetching", id="text.close"),
]  # fmt: skip
"""The keys of the full text."""

CONTENTS_KEYS: list[BindingType] = [
    Binding("j,down", "move(1)", "Move", tooltip="The next heading", id="contents.down",
            key_display="j/k"),
    Binding("k,up", "move(-1)", "Up", tooltip="The previous heading", id="contents.up",
            show=False),
    Binding("ctrl+d,pagedown", "move(10)", "Down", tooltip="Ten headings down",
            id="contents.half_down", show=False),
    Binding("ctrl+u,pageup", "move(-10)", "Up", tooltip="Ten headings up", id="contents.half_up",
            show=False),
    Binding("g,home", "move(-1000000)", "Top", tooltip="The first heading", id="contents.top",
            show=False),
    Binding("G,end", "move(1000000)", "Bottom", tooltip="The last heading",
            id="contents.bottom", show=False),
    Binding("enter,l", "choose", "Go there", tooltip="Go to the section",
            id="contents.choose"),
    Binding("escape,h,o,q", "cancel", "Back", tooltip="Stay where you were",
            id="contents.cancel"),
]  # fmt: skip
"""The keys of the contents of a text."""

SEARCH_KEYS: list[BindingType] = [
    Binding("enter", "screen.accept_filter", "To the text", tooltip="To the match",
            id="text.accept"),
    Binding("escape", "screen.cancel_filter", "Back",
            tooltip="Back to where you were before the search", id="text.cancel"),
]  # fmt: skip
"""The keys of the line in which a text is searched."""

# Before the line or the text takes them: its message would come after the next key.
TAG_KEYS: list[BindingType] = [
    Binding("enter", "accept", "Done", tooltip="Confirm what the line below says",
            id="tags.accept", priority=True),
    Binding("tab", "complete", "Complete", tooltip="Take the completion (or → at the end)",
            id="tags.complete", priority=True),
    Binding("down", "choose(1)", "Next", tooltip="To the next completion", id="tags.next",
            priority=True),
    Binding("up", "choose(-1)", "Previous", tooltip="To the previous completion",
            id="tags.previous", priority=True),
    Binding("escape", "cancel", "Cancel", tooltip="Leave the tags alone", id="tags.cancel",
            priority=True),
]  # fmt: skip
"""The keys of the line of tags."""

NOTE_KEYS: list[BindingType] = [
    Binding("escape,ctrl+s", "save", "Save", tooltip="Save the note; an empty one is removed",
            id="note.save", priority=True),
    Binding("ctrl+e", "edit_elsewhere", "Editor", tooltip="Go on in $VISUAL or $EDITOR",
            id="note.editor", priority=True),
]  # fmt: skip
"""The keys while a note is written."""

EXPORT_KEYS: list[BindingType] = [
    # Before the line takes it: its message would come after the next key.
    Binding("enter", "accept", "Export", tooltip="Write the file", id="export.accept",
            priority=True),
    Binding("tab", "next_format(1)", "Next format", tooltip="The next format",
            id="export.next_format", priority=True),
    Binding("shift+tab", "next_format(-1)", "Previous format", tooltip="The previous format",
            id="export.previous_format", priority=True, show=False),
    Binding("escape", "cancel", "Cancel", tooltip="Write nothing", id="export.cancel"),
]  # fmt: skip
"""The keys while a file to export to is named."""

MENU_KEYS: list[BindingType] = [
    # Before the list takes it: its message would come after the next key.
    Binding("enter", "choose", "Choose", tooltip="Take the choice under the cursor",
            id="menu.choose", priority=True),
    Binding("j", "move(1)", "Move", tooltip="The next choice", id="menu.down",
            key_display="j/k"),
    Binding("k", "move(-1)", "Up", tooltip="The previous choice", id="menu.up", show=False),
    Binding("escape,q", "cancel", "Cancel", tooltip="Choose nothing", id="menu.cancel"),
]  # fmt: skip
"""The keys of a menu."""

OUTPUT_KEYS: list[BindingType] = [
    Binding("j,down", "scroll(1)", "Scroll", tooltip="Scroll down a line", id="output.down",
            key_display="j/k"),
    Binding("k,up", "scroll(-1)", "Up", tooltip="Scroll up a line", id="output.up", show=False),
    Binding("space,ctrl+d,pagedown", "scroll_half(1)", "Half page down",
            tooltip="Half a page down", id="output.half_down", show=False),
    Binding("ctrl+u,pageup", "scroll_half(-1)", "Half page up", tooltip="Half a page up",
            id="output.half_up", show=False),
    Binding("g,home", "scroll(-1000000)", "Top", tooltip="To the beginning", id="output.top",
            show=False),
    Binding("G,end", "scroll(1000000)", "Bottom", tooltip="To the end, and on with what comes",
            id="output.bottom", show=False),
    Binding("y", "copy", "Copy", tooltip="Copy what was printed", id="output.copy"),
    Binding("escape,q,h", "dismiss(None)", "Close", tooltip="Close it; ends what still runs",
            id="output.close"),
]  # fmt: skip
"""The keys where the output of a command is shown."""

HELP_KEYS: list[BindingType] = [
    Binding("j,down", "scroll(1)", "Scroll", tooltip="Scroll down a line", id="help.down",
            key_display="j/k"),
    Binding("k,up", "scroll(-1)", "Up", tooltip="Scroll up a line", id="help.up", show=False),
    Binding("space,ctrl+d,pagedown", "scroll_half(1)", "Half page down",
            tooltip="Half a page down", id="help.half_down", show=False),
    Binding("ctrl+u,pageup", "scroll_half(-1)", "Half page up", tooltip="Half a page up",
            id="help.half_up", show=False),
    Binding("g,home", "scroll(-1000000)", "Top", tooltip="To the beginning", id="help.top",
            show=False),
    Binding("G,end", "scroll(1000000)", "Bottom", tooltip="To the end", id="help.bottom",
            show=False),
    Binding("slash", "search", "Search", tooltip="Search for a key or what it does",
            id="help.search"),
    Binding("escape,q,question_mark", "close", "Close", tooltip="Leave the search, else the help",
            id="help.close"),
]  # fmt: skip
"""The keys of the help."""

TYPING_IDS = frozenset(
    binding.id
    for bindings in (FILTER_KEYS, SEARCH_KEYS, SAVE_KEYS, TAG_KEYS, NOTE_KEYS, EXPORT_KEYS)
    for binding in bindings
    if isinstance(binding, Binding)
)
"""Actions where letters are typed."""
