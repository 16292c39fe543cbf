"""The front page of the demonstration, becoming any of its people, and a tour for each role."""
