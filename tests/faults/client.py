"""Somebody with a browser of a running portal, over real HTTP, who remembers what was acknowledged."""

from __future__ import annotations

import http.client
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

from tests.cast import PASSWORD

TIMEOUT_SECONDS = 30


@dataclass
class Answer:
    """A status (0: no answer at all), the text, and whether it says when to try again."""

    status: int
    text: str = ""
    retry_after: str = ""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class Client:
    """A browser with cookies that follows no redirects."""

    def __init__(self, address: str, email: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies, _NoRedirects())
        self.token = self._token_on("/sign-in")
        answer = self.post("/sign-in", email=email, password=PASSWORD)
        assert answer.status == 302, answer
        self.token = self._token_on("/account")

    def _token_on(self, path: str) -> str:
        found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', self.get(path).text)
        assert found
        return found[1]

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(self.address + path))

    def post(self, path: str, **form: str) -> Answer:
        data = urllib.parse.urlencode({**form, "csrf_token": self.token}).encode()
        return self._ask(urllib.request.Request(self.address + path, data))

    def send_file(self, path: str, name: str, content: bytes) -> Answer:
        line = b"--x\r\n"
        token = b'Content-Disposition: form-data; name="csrf_token"\r\n\r\n' + self.token.encode() + b"\r\n"
        head = f'Content-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
        body = line + token + line + head + content + b"\r\n--x--\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        return self._ask(urllib.request.Request(self.address + path, body, headers))

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self.opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                return Answer(response.status, response.read().decode("utf-8", "replace"))
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode("utf-8", "replace"), error.headers.get("Retry-After", ""))
        except (OSError, http.client.HTTPException):
            return Answer(0)


@dataclass
class Load:
    """Several people who each do one small thing after another, until they are told to stop."""

    acknowledged: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[Answer] = field(default_factory=list)

    def begin(self, clients: list[Client], do: Callable[[Client, str], Answer]) -> None:
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self._work, args=(n, c, do)) for n, c in enumerate(clients)]
        for thread in self.threads:
            thread.start()

    def _work(self, number: int, client: Client, do: Callable[[Client, str], Answer]) -> None:
        turn = 0
        while not self.stop.is_set():
            word = f"load-{number}-{turn}"
            answer = do(client, word)
            self.statuses[answer.status] += 1
            if answer.status == 302:
                self.acknowledged.append(word)
            else:
                if not self._is_refused_well(answer):
                    self.wrong.append(answer)
                time.sleep(0.1)  # who waits for a portal that is away does not take the time it needs to come back
            turn += 1

    @staticmethod
    def _is_refused_well(answer: Answer) -> bool:
        """Nobody listened, or the answer says in words when to try again."""
        is_away = answer.status == 503 and bool(answer.retry_after) and "Traceback" not in answer.text
        return answer.status == 0 or is_away

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=60)
