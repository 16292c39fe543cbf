"""The demonstration's people: addresses, names, and the one password."""

from __future__ import annotations

PASSWORD = "thistle harbour lantern"
BOARDS = ("northfirth", "southmoor")
PEOPLE = {
    "northfirth": {
        "rep": "Morag Sinclair",
        "depute": "Ewan Baird",
        "mentor": "Agnes Kerr",
        "officer": "Ann Fraser",
        "clerk": "Iain Douglas",
        "approver": "Shona Reid",
        "approver2": "Duncan Ross",
        "admin": "Calum Munro",
        "admin2": "Catriona Bell",
    },
    "southmoor": {
        "rep": "Nadia Hussain",
        "depute": "Peter Walsh",
        "mentor": "Hamish Boyd",
        "officer": "Lorna Gillies",
        "clerk": "Graham Tait",
        "approver": "Eilidh Stewart",
        "approver2": "Kirsty Adams",
        "admin": "Rory Campbell",
    },
}
COORDINATOR = ("coordinator@carers.example", "Fiona Mackay")


def address(role: str, board: str) -> str:
    return f"{role}@{board}.example"


def addresses() -> list[str]:
    """Every address one can sign in with."""
    return [address(role, board) for board, people in PEOPLE.items() for role in people] + [COORDINATOR[0]]
