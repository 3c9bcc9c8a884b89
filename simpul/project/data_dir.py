"""SIMPUL_DATA: the one folder that holds all an installation keeps."""

import json
import os
import secrets
from pathlib import Path


def data_dir() -> Path:
    """The installation's folder, made on first use and readable by its owner only."""
    folder = Path(os.environ.get("SIMPUL_DATA", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret(name: str) -> str:
    """A secret from the environment (SIMPUL_<NAME>), else one made once and kept in the folder."""
    from_environment = os.environ.get(f"SIMPUL_{name.upper()}")
    if from_environment:
        return from_environment
    kept = data_dir() / f"{name}.secret"
    if not kept.exists():
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as target:
            target.write(secrets.token_urlsafe(50))
    return kept.read_text().strip()


def demo_accounts() -> list[dict[str, str]]:
    """The accounts `simpul demo` made: shown on the login page; empty elsewhere."""
    listed = data_dir() / "demo.json"
    return json.loads(listed.read_text()) if listed.exists() else []
