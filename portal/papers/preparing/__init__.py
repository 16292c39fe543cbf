"""Papers from upload to publication."""
