"""Training: the induction that begins with an appointment, courses, and what somebody has learned, with its proof."""
