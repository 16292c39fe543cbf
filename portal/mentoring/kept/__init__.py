"""What a pair keeps: when they talked, and notes for both or for one of them alone."""
