"""Card triage: unread papers one a screen, kept or skipped by one key each."""
