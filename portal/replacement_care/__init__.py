"""Replacement care: who is caring meanwhile, asked for in a minute and never left hanging."""
