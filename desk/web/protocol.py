"""uvicorn's protocol, whose answer to what is no HTTP carries what every answer of ours carries."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from desk.web import security


class Protocol(HttpToolsProtocol):
    def send_400_response(self, msg: str) -> None:
        """No application sees such a request; uvicorn's own `headers` would stand twice in every other answer."""
        said = msg.encode()
        headers = security.headers() | {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(said))}
        lines = [
            "HTTP/1.1 400 Bad Request",
            *(f"{name}: {value}" for name, value in headers.items()),
            "Connection: close",
        ]
        self.transport.write("\r\n".join([*lines, "", ""]).encode() + said)
        self.transport.close()
