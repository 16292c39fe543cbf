"""What may stand in the address of a page: each part that varies has a pattern of its own, and its length.

A part is known by its name, so that no view says it again: what is not such a key, word or token is no page, and
nothing is asked of the database for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask
from werkzeug.routing import BaseConverter, Rule


class KeyOfBoard(BaseConverter):
    regex = "[a-z0-9][a-z0-9-]{0,59}"


class Word(BaseConverter):
    regex = "[A-Za-z0-9_-]{1,60}"


class Token(BaseConverter):
    regex = "[A-Za-z0-9_.-]{1,500}"


CONVERTERS = {"board": KeyOfBoard, "word": Word, "token": Token}
OF_NAME = {"board": "board", "category": "word", "for_whom": "word", "name": "word", "token": "token"}


class UnknownPart(RuntimeError):
    """An address has a part of which nothing says what may stand there."""


class PortalRule(Rule):
    """A route whose parts have the converter of their name, where they name no other."""

    def get_converter(
        self,
        variable_name: str,
        converter_name: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
    ) -> BaseConverter:
        if converter_name == "default":
            if variable_name not in OF_NAME:
                raise UnknownPart(f"{self.rule}: say in portal/infra/web/in_address.py what <{variable_name}> may be")
            converter_name = OF_NAME[variable_name]
        return super().get_converter(variable_name, converter_name, args, kwargs)


def limit_addresses(app: Flask) -> None:
    """Before any route is added."""
    app.url_rule_class = PortalRule
    app.url_map.converters.update(CONVERTERS)
