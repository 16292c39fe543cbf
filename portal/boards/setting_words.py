"""What each setting of a board is called in the trail, and in emails about it."""

from __future__ import annotations

SETTING_WORDS = {
    "paper_target_days": "target for papers, in days",
    "clear_notice_days": "clear days before a meeting",
    "public_access_days": "clear days of public access",
    "reminder_days": "reminders of papers, in days before the meeting",
    "check_in_days": "days before a meeting when reps are asked if they come",
    "withdrawn_days": "days until a file withdrawn for personal data is destroyed",
    "contact": "who people can ask",
    "finance_email": "finance’s email address",
    "controller": "who is responsible for personal data",
    "controller_address": "address of whoever is responsible for personal data",
    "data_protection_contact": "who answers questions about personal data",
    "data_protection_email": "email address for questions about personal data",
    "health_condition": "why the board may hold data about health",
    "privacy_notice": "link to the privacy notice",
    "complaints_who": "who looks after complaints",
    "complaints_email": "email address for complaints",
    "complaints_page": "web page about complaints",
}
