"""The Zotero that runs on this machine: papers are put into it."""
