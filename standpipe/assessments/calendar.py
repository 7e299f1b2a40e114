"""An appointment as a file for people's own calendars (RFC 5545). Pure."""

from __future__ import annotations

from datetime import UTC, timedelta

from icalendar import Calendar, Event

from standpipe.assessments.appointment import AppointmentView

MEDIA_TYPE = "text/calendar; charset=utf-8"


def calendar_file(
    appointment: AppointmentView, *, title: str, words: str, url: str, host: str, about: str
) -> bytes:
    """
    Return one event; a later one about the same thing takes its place in the calendar.

    `about` names the thing, `host` whose name it is unique under.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Standpipe//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{about}@{host}")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", appointment.booked_at.astimezone(UTC))
    event.add("dtstart", appointment.starts_at.astimezone(UTC))
    ends_at = appointment.starts_at + timedelta(minutes=appointment.minutes)
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", title)
    event.add("location", appointment.place)
    event.add("description", words)
    event.add("url", url)
    event.add("status", "CONFIRMED" if appointment.state == "booked" else "CANCELLED")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
