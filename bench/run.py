"""All figures, one script after the other, on this machine: `make bench`.

Each script prints its own medians; here only the machine is named and the order kept.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

SCRIPTS = ["plan", "growth", "search", "due", "pws", "import", "demo", "first_page"]
HERE = Path(__file__).parent


def machine() -> str:
    """Processor, cores and memory, as the system tells them."""
    cpu = platform.processor() or platform.machine()
    known = Path("/proc/cpuinfo")
    if known.exists():
        names = [line.split(":", 1)[1].strip() for line in known.read_text().splitlines()
                 if line.startswith("model name")]  # fmt: skip
        cpu = names[0] if names else cpu
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def main(wanted: list[str]) -> int:
    """Run the wanted scripts (all of them by default); the exit code is the number that failed."""
    print(f"Machine: {machine()}", flush=True)
    failed = 0
    for name in wanted or SCRIPTS:
        script = HERE / f"{name}.py"
        print(f"\n== {name}", flush=True)
        failed += subprocess.run([sys.executable, script], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
