"""A mail server on this machine that behaves as it is told: well, or badly in one of many ways."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Any

# What some say at the door, before they are gone.
DOOR = {"closes": b"", "garbage": b"\xff\xfe{]!?,,:\r\n", "busy": b"421 later\r\n"}


class Server:
    """`mood`: well, refuses, hangs, fails (4xx to the recipient), unknown (5xx), drops_before, drops_silent (takes the
    text, never answers), drops_after (answers, then is gone), rejects (5xx to the text), closes (at once), garbage (no
    word of the protocol), busy (421 at the door), full (4xx to the sender), banned (5xx to the sender)."""

    def __init__(self, mood: str = "well") -> None:
        self.mood = mood
        self.received: list[bytes] = []
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.is_open = True
        self.held: list[socket.socket] = []
        if mood == "refuses":
            self.socket.close()
        else:
            threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self.is_open = False
        for one in [self.socket, *self.held]:
            one.close()

    def _serve(self) -> None:
        while self.is_open:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            self.held.append(client)
            threading.Thread(target=self._quietly, args=(client,), daemon=True).start()

    def _quietly(self, client: socket.socket) -> None:
        try:
            self._talk(client)
        except OSError:
            pass

    def _talk(self, client: socket.socket) -> None:
        if self.mood == "hangs":
            return
        if self.mood in DOOR:
            client.sendall(DOOR[self.mood])
            client.shutdown(socket.SHUT_RDWR)
            return
        file = client.makefile("rb")
        say: Callable[[str], Any] = lambda line: client.sendall(line.encode() + b"\r\n")  # noqa: E731
        say("220 ready")
        for raw in file:
            verb = raw.split()[0].upper().decode() if raw.strip() else ""
            if verb in ("EHLO", "HELO"):
                say("250 here")
            elif verb == "MAIL" and self.mood in ("full", "banned"):
                say("452 full" if self.mood == "full" else "553 not you")
            elif verb == "RCPT" and self.mood in ("fails", "unknown"):
                say("451 later" if self.mood == "fails" else "550 nobody")
            elif verb == "DATA":
                if self.mood == "drops_before":
                    client.shutdown(socket.SHUT_RDWR)
                    return
                say("354 go on")
                if not self._take(client, file, say):
                    return
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")

    def _take(self, client: socket.socket, file: Any, say: Callable[[str], Any]) -> bool:
        lines = []
        for raw in file:
            if raw == b".\r\n":
                break
            lines.append(raw)
        self.received.append(b"".join(lines))
        if self.mood == "rejects":
            say("554 no")
            return True
        if self.mood != "drops_silent":
            say("250 taken")
        if self.mood.startswith("drops"):
            client.shutdown(socket.SHUT_RDWR)
            return False
        return True
