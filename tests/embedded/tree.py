"""A desk under its real supervisor, with small stand-ins for web, worker and postroom: python -m tests.embedded.tree"""

import sys
from types import SimpleNamespace

from desk import settings
from desk.embedded.postgres import THROWAWAY
from desk.embedded.supervisor import Supervisor
from desk.i18n import Refused

PYTHON = (sys.executable, "-c")
WEB = """
import os
from http.server import HTTPServer, SimpleHTTPRequestHandler
HTTPServer(("127.0.0.1", int(os.environ["DESK_PORT"])), SimpleHTTPRequestHandler).serve_forever()
"""
PROGRAMS = {
    "migrate": (*PYTHON, "print('migrated')"),
    "seed": (*PYTHON, "print('told')"),
    "web": (*PYTHON, WEB),
    "worker": (*PYTHON, "import time; time.sleep(3600)"),
    "postroom": (*PYTHON, "import signal; signal.pause()"),
}

sys.modules["desk.demo"] = SimpleNamespace(PASSWORD="a password")  # type: ignore[assignment]

if __name__ == "__main__":
    try:
        Supervisor(
            settings.current(), empty="--empty" in sys.argv, programs=PROGRAMS, postgres_settings=THROWAWAY
        ).run()
    except Refused as refused:
        sys.exit(str(refused))
