"""Fields of forms that need more than a line: days, hours, amounts, and what makes a form count once."""
