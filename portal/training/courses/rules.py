"""What is so of courses, and those that the nation has."""

from __future__ import annotations

HOW = (("read", "Read"), ("watch", "Watch"), ("online", "Online, with others"), ("room", "In a room"))


FOR_WHOM = (("rep", "Reps"), ("depute", "Deputes"), ("mentor", "Mentors"), ("member", "Other members"))


NATIONAL_COURSES = (
    ("Role and remit", "What a board is, what it decides, and your part in it"),
    ("Code of conduct", "What is expected of every member, and what protects you"),
    ("Finance", "Where the money comes from, and how to read a budget paper"),
    ("Governance and directions", "How decisions are made, and who must carry them out"),
    ("Reading papers", "How to find what matters to carers in 300 pages"),
    ("The Carers Act", "What the law gives carers, and what boards must do"),
    ("Data protection", "What you may pass on, and what stays in the room"),
    ("Equality", "Who is not in the room, and how to think of them"),
    ("Chairing", "How to lead a meeting so that everybody can speak"),
)
