"""The arguments of commands, and the call of what runs each; importing them is cheap."""
