"""What everyone may read about a board: its seats, vacancies, roles, and the reps who chose to be seen."""
