"""What is so of courses, and those that the nation has."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core.text import together

HOW = (("read", "Read"), ("watch", "Watch"), ("online", "Online, with others"), ("room", "In a room"))


WITH_MATERIAL = ("read", "watch")  # what somebody does alone: there must be something to open


def can_be_opened(how: str, link: str, *, has_file: bool) -> bool:
    """Whether people can take a course: one to read or watch needs a link or a file, others are taken with people."""
    return how not in WITH_MATERIAL or bool(link) or has_file


FOR_WHOM = (("rep", "Reps"), ("depute", "Deputes"), ("mentor", "Mentors"), ("member", "Other members"))


NATIONAL_COURSES = (  # what each is called, why it helps, and the text to read: a file in material/
    ("Role and remit", "What a board is, what it decides, and your part in it", "role-and-remit.md"),
    ("Code of conduct", "What is expected of every member, and what protects you", "code-of-conduct.md"),
    ("Finance", "Where the money comes from, and how to read a budget paper", "finance.md"),
    (
        "Governance and directions",
        "How decisions are made, and who must carry them out",
        "governance-and-directions.md",
    ),
    ("Reading papers", "How to find what matters to carers in 300 pages", "reading-papers.md"),
    ("The Carers Act", "What the law gives carers, and what boards must do", "carers-act.md"),
    ("Data protection", "What you may pass on, and what stays in the room", "data-protection.md"),
    ("Equality", "Who is not in the room, and how to think of them", "equality.md"),
    ("Chairing", "How to lead a meeting so that everyone can speak", "chairing.md"),
)
MARKDOWN = "text/markdown"  # the kind of a course that is words, which a page of the portal shows


def whom_words(for_whom: Sequence[str]) -> str:
    """'For reps and deputes'; a course from before somebody had to be named is for everyone."""
    names = [words.lower() for key, words in FOR_WHOM if key in for_whom]
    return f"For {together(names) or 'everyone'}"
