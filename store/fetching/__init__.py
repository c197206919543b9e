"""Fetching over HTTP: a polite client, the feeds of subscriptions, what was fetched when."""
