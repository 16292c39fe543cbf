"""The Carer Rep Portal: papers, meetings and support for carer representatives."""
