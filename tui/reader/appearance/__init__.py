"""How the reader looks: themes, colours, sizes."""
