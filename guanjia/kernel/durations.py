"""Written durations (ISO 8601) in whole numbers: the limits of clauses, the keeping times of forms."""

import re
from dataclasses import dataclass

_ISO = re.compile(
    r"P(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?(?:(?P<seconds>\d{1,9})S)?)?"
)


@dataclass(frozen=True)
class Duration:
    """An ISO 8601 duration in whole numbers. Days stay days: how long they are depends on the calendar."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    def __str__(self) -> str:
        hours, rest = divmod(self.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        day_part = "".join(f"{n}{unit}" for n, unit in ((self.months, "M"), (self.days, "D")) if n)
        time_part = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
        return f"P{day_part}T{time_part}" if time_part else f"P{day_part}" if day_part else "PT0S"


def parse_duration(text: str) -> Duration:
    """PT2H, P3D, PT24H, P1Y, P2W. Fractions, signs and empty parts are refused."""
    match = _ISO.fullmatch(text)
    if not match or text == "P" or text.endswith("T"):
        raise ValueError(f"not a duration: {text!r}")
    part = {name: int(value or 0) for name, value in match.groupdict().items()}
    return Duration(
        months=part["years"] * 12 + part["months"],
        days=part["weeks"] * 7 + part["days"],
        seconds=part["hours"] * 3600 + part["minutes"] * 60 + part["seconds"],
    )
