"""Log lines of failures: which kind, and where in the code. Rule: never what the error says, for
its text may hold a name, a NIK or a value (a database tells the row that it refused)."""

import logging
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Formats an exception as its kinds and places, without messages."""

    def formatException(self, ei: ExcInfo) -> str:
        parts, error, seen = [], ei[1], set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            frames = traceback.format_list(traceback.extract_tb(error.__traceback__))
            parts.append("".join([*frames, type(error).__name__]))
            error = error.__cause__ or error.__context__
        return "\nfrom:\n".join(parts)
