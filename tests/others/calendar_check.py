"""Reads a calendar file from standard input with the PyPI package icalendar, and prints its entries as JSON."""

import json
import sys

from icalendar import Calendar


def moment(value):
    return value.dt.isoformat()


calendar = Calendar.from_ical(sys.stdin.buffer.read())
entries = [
    {
        "uid": str(event["UID"]),
        "start": moment(event["DTSTART"]),
        "end": moment(event["DTEND"]),
        "summary": str(event.get("SUMMARY", "")),
        "description": str(event.get("DESCRIPTION", "")),
        "location": str(event.get("LOCATION", "")),
        "sequence": int(event["SEQUENCE"]),
        "alarms": [int(alarm["TRIGGER"].dt.total_seconds()) for alarm in event.walk("VALARM")],
        "errors": [str(error) for error in event.errors],
    }
    for event in calendar.walk("VEVENT")
]
json.dump(entries, sys.stdout)
