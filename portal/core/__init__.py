"""Plain facts that everything may use: time, calendar, events and text. No web, no database."""
