"""Why a whole file cannot be taken. The words are in `exchange.wording`."""


class Unreadable(ValueError):
    """Not a register. `code`: empty, not_text, not_a_workbook, encrypted, no_header, broken,
    too_wide, too_many_rows, too_large_inside."""

    def __init__(self, code: str, detail: str = ""):
        super().__init__(code)
        self.code, self.detail = code, detail
