"""SIMPUL_DATA: the one folder that holds all an installation keeps."""

import json
import os
import secrets
from pathlib import Path

_OURS = ("*.secret", "demo.json", "simpul.sqlite3*", "uploads", "uploads/*")


def data_dir() -> Path:
    """The installation's folder, made on first use and readable by its owner only."""
    folder = Path(os.environ.get("SIMPUL_DATA", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def keep_private(folder: Path) -> None:
    """Whatever is written from now on is its owner's only, whatever the shell's umask says; what an
    older simpul, or a hand, left open is closed."""
    os.umask(os.umask(0o077) | 0o077)
    kept = [folder, *(path for name in _OURS for path in folder.glob(name))]
    for path in kept:
        found = path.stat()
        if found.st_mode & 0o077 and found.st_uid == os.getuid():
            path.chmod(0o700 if path.is_dir() else 0o600)


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
