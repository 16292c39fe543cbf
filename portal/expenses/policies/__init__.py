"""What a board pays, from which day on."""
