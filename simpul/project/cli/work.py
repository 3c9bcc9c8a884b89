"""The background worker as a process of its own: `python -m simpul.project.cli.work`.

Its one rule: started by `simpul serve`, it ends with it.
"""

import os
import signal

from simpul.project.cli import django_ready


def main() -> None:
    """Do chores until told to stop, or until the server that started this is gone."""
    django_ready.setup(migrate=False)
    from simpul.project.worker import Worker

    worker = Worker(parent=os.getppid())
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()


if __name__ == "__main__":
    main()
