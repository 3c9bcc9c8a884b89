"""A throw-away installation and a fixed day. A plugin (`-p tests.environment`), because
pytest-django reads the settings before any conftest."""

import os
import tempfile

os.environ["SIMPUL_DATA"] = tempfile.mkdtemp(prefix="simpul-test-")
os.environ["SIMPUL_TODAY"] = "2026-11-20"
os.environ.setdefault("SIMPUL_TIME_ZONE", "Asia/Jakarta")
