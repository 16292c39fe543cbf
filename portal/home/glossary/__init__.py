"""Words of health and social care that stand in board papers, with what each means and where that is from."""
