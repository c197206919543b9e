"""Send papers to the Zotero that runs on this machine."""
