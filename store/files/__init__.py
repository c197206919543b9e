"""Files on disk: replaced as a whole, under locks, as TinyDB storages and tables."""
