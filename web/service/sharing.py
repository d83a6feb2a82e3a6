"""Ways to pass a service on or to remember it: e-mail, text message, and a reminder for a calendar.

What leaves this page is read by others: of a service for a sensitive need it carries the link alone, never a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from catalog.hours.holidays import holiday

LINE_END = "\r\n"
MAX_OCTETS = 75
SATURDAY = 5
HOUR = "100000"


def mail_address(subject: str, body: str) -> str:
    """A mailto: address that opens an empty letter with these words (RFC 6068)."""
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"


def text_address(body: str) -> str:
    """An sms: address that opens an empty message. The odd ?& is what Android and iOS both understand."""
    return f"sms:?&body={quote(body)}"


def next_working_day(today: date) -> date:
    """The first day after today on which offices are open: no Saturday, Sunday or holiday."""
    day = today + timedelta(days=1)
    while day.weekday() >= SATURDAY or holiday(day):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Reminder:
    """A quarter of an hour at 10 am on `day`, by the clock of whoever opens it. Empty texts are left out."""

    key: str
    host: str
    today: date
    day: date
    title: str
    notes: str = ""
    address: str = ""


def calendar_file(reminder: Reminder) -> str:
    """The reminder as an iCalendar file (RFC 5545)."""
    return "".join(fold_line(line) + LINE_END for line in _lines(reminder))


def _lines(reminder: Reminder) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Help for Connecticut children//Reminder//EN")
    yield from ("BEGIN:VEVENT", f"UID:{reminder.key}-{reminder.day:%Y%m%d}@{reminder.host}")
    yield f"DTSTAMP:{reminder.today:%Y%m%d}T000000Z"
    # Without a time zone it is 10 am wherever the calendar is.
    yield from (f"DTSTART:{reminder.day:%Y%m%d}T{HOUR}", "DURATION:PT15M")
    yield f"SUMMARY:{escape_text(reminder.title)}"
    if reminder.notes:
        yield f"DESCRIPTION:{escape_text(reminder.notes)}"
    if reminder.address:
        yield f"URL:{reminder.address}"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escape_text(reminder.title)}", "TRIGGER:PT0S")
    yield from ("END:VALARM", "END:VEVENT", "END:VCALENDAR")


def escape_text(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11): backslash, semicolon, comma and line ends are written with a backslash."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, written)
    return "\\n".join(text.splitlines())


def fold_line(line: str) -> str:
    """A line of at most 75 octets, and its rest on lines that begin with a space; no character is cut in two."""
    folded, used = "", 0
    for character in line:
        octets = len(character.encode())
        if used + octets > MAX_OCTETS:
            folded, used = f"{folded}{LINE_END} ", 1
        folded, used = folded + character, used + octets
    return folded
