"""A commented starter file for a new organization."""

from __future__ import annotations

from pathlib import Path

from catalog.reading.fields import ID_PATTERN

TEMPLATE = """\
# One organization and its services. Every field: docs/writing-a-resource.md. Check with “flask catalog check”.
organization:
  id: {id}
  name:
  # url: https://

services:
  - id: {id}-program            # never changes once it is published
    name:
    # alternate_names: [acronym, former name]
    # kind: program              # program (may be left out) | guide | hotline
    # alert: What is in doubt, or a waiting list.
    needs: []                    # from resources/needs.yaml, the most important first
    summary:                     # 2 to 4 short sentences to the parent: what one gets
    next_step:
      action: call               # call | email | apply-online | website | visit | ask-school | read | dial-211 ...
      text:                      # the one best thing to do first; no phone numbers here
    phones:
      - {{number: , label: }}
    # urls: [https://]
    # locations:
    #   - {{street: , city: , postal_code: "06106"}}
    # eligibility:               # alternatives: in each, everything must hold. Leave out what is not stated
    #   - age: {{from: 3y, under: 22y}}     # or: age: any, when the page says all ages
    #     residence: statewide   # a limit; or {{towns: [Hartford]}}
    #     source: https://
    # service_area: {{towns: [Hartford]}}   # where it works, when that is no limit
    # cost: free                 # free | fee | sliding | insurance
    # confirm:
    #   - What only the program can tell, one sentence a line.
    # assured_date: 2026-11-01   # the day on which you checked all this against the sources
    sources:
      - url:
"""


def write(resources: Path, sector: str, organization_id: str) -> Path:
    """Write the starter file and return its path. Raises ValueError for an unfit id or a file that is there already."""
    if not ID_PATTERN.fullmatch(organization_id):
        raise ValueError(f"“{organization_id}” is no id: use lower-case letters, digits and single hyphens.")
    path = resources / sector / f"{organization_id}.yaml"
    if path.exists():
        raise ValueError(f"{path} is there already; add the service to it.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEMPLATE.format(id=organization_id), encoding="utf-8")
    return path
