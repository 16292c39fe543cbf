"""The induction that begins with an appointment, step by step."""
