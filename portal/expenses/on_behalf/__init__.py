"""Claims that an officer writes for a rep, and receipts that tell of care."""
