"""Hand letters to a mail server: the standard library's client, in a thread. Nothing of the desk is asked here."""

import smtplib
import ssl
from urllib.parse import unquote, urlsplit

from desk.outbox.rules.delivery import State, Verdict, answered

TIMEOUT = 8.0  # seconds for each answer of the server
HERE = ("localhost", "127.0.0.1", "::1")


class Line:
    """One connection for some letters, opened with the first; blocking, so for a thread."""

    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)
        self.server: smtplib.SMTP | None = None

    def hand_over(self, sender: str, recipient: str, content: bytes) -> Verdict:
        """One recipient. What is no answer about this letter (no connection, no login) defers it."""
        try:
            server = self.server or self._opened()
            server.sendmail(sender, [recipient], content)
        except smtplib.SMTPRecipientsRefused as refused:
            return answered(*next(iter(refused.recipients.values())))
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, smtplib.SMTPHeloError):
            return self._broken("login")
        except smtplib.SMTPConnectError:
            return self._broken("unreachable")
        except smtplib.SMTPResponseException as refused:
            return answered(refused.smtp_code, _bytes(refused.smtp_error))
        except (OSError, smtplib.SMTPException):
            return self._broken("unreachable")
        return Verdict(State.SENT)

    def close(self) -> None:
        if self.server is None:
            return
        try:
            self.server.quit()
        except (OSError, smtplib.SMTPException):
            self.server.close()

    def _opened(self) -> smtplib.SMTP:
        """A password goes only over a line whose other end has proved who it is, or stays on this machine."""
        host, port, trusted = self.url.hostname or "localhost", self.url.port, ssl.create_default_context()
        if self.url.scheme == "smtps":
            self.server = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT, context=trusted)
        else:
            self.server = smtplib.SMTP(host, port or 25, timeout=TIMEOUT)
            self.server.ehlo()
            if self.server.has_extn("starttls"):
                self.server.starttls(context=trusted if self.url.username else None)
            elif self.url.username and host not in HERE:
                raise smtplib.SMTPNotSupportedError("no TLS")
        if self.url.username:
            self.server.login(unquote(self.url.username), unquote(self.url.password or ""))
        return self.server

    def _broken(self, fault: str) -> Verdict:
        if self.server is not None:
            self.server.close()
            self.server = None
        return Verdict(State.DEFERRED, fault, away=True)


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
