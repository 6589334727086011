"""The officer's encrypted file: its key, its tables, and the rows turned into records."""
