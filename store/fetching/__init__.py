"""Fetching feeds over HTTP: a polite client, what a subscription means, what was fetched when."""
