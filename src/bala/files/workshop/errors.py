"""What the workshop says about a file that it cannot use."""


class Refused(Exception):
    """The file is not accepted; `reason` is a value of files.enums.Refusal."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
