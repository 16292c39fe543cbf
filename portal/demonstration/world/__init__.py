"""The made-up world of the demonstration: its boards and people, as two lists that say what each is like."""
