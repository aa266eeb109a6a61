"""Writes the mail to a file; then, or before, the process is killed as a power cut would."""

import os
import signal
from typing import Any

from django.core.mail.backends.filebased import EmailBackend


class KilledEmailBackend(EmailBackend):
    def open(self) -> bool:
        if os.environ["KILLED"] == "before handing":
            os.kill(os.getpid(), signal.SIGKILL)
        return super().open()

    def send_messages(self, messages: Any) -> int:
        sent = super().send_messages(messages)
        if os.environ["KILLED"] == "after sending":
            os.kill(os.getpid(), signal.SIGKILL)
        return sent
