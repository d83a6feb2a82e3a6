"""Forms as they are filled in, each with all that it needs and nothing wrong."""

from __future__ import annotations

from typing import Any

from inquiries.model import Kind

FAMILY: dict[str, Any] = {
    "name": "Rosa Quetzal",
    "phone": "860-555-0123",
    "email": "rosa@example.org",
    "safe_to_call": "yes",
    "best_time": "after 5",
    "language": "Spanish",
    "town": "Meriden",
    "child_age": "6",
    "need": "A break now and then.\nMy son has autism.",
    "services": ["ct-211", "ct-snap"],
}
PHYSICIAN: dict[str, Any] = {
    "name": "Dr. Ada Kestrel",
    "practice": "River Pediatrics",
    "phone": "(860) 555-0199 ext. 4",
    "fax": "860.555.0198",
    "email": "ada@example.org",
    "child_age": "18 months",
    "town": "New Britain",
    "need": "Speech delay; the family needs diapers too.",
    "family_agreed": "yes",
}
DESTINATION_CARE: dict[str, Any] = {
    "name": "Ngozi Sparrow",
    "home": "Nigeria",
    "phone": "+234 803 555 0123",
    "email": "ngozi@example.org",
    "child_age": "2",
    "need": "A second opinion on a heart condition.",
    "language": "Igbo",
    "interpreter": "yes",
    "travel_dates": "any time in March",
}
FORMS = {Kind.FAMILY: FAMILY, Kind.PHYSICIAN: PHYSICIAN, Kind.DESTINATION_CARE: DESTINATION_CARE}
REPORT: dict[str, Any] = {"service_id": "ct-211", "text": "The number has changed.", "contact": "860-555-0123"}


def without(form: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in form.items() if name not in names}
