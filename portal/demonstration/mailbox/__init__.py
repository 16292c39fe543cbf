"""The emails that the demonstration sent, to be read in the browser."""
