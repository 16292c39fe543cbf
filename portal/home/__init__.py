"""Your next steps: what each capability wants of a person today."""
