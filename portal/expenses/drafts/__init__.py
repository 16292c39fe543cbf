"""Claims that are not sent: deleted on a page of their own, or nothing to claim."""
