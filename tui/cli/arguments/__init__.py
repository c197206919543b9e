"""What each command takes, and what runs it. Importing these modules is fast."""
