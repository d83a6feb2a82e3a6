"""Version 1 of the JSON API: one module a resource. Views read a request, call one function and shape its answer."""

from __future__ import annotations

from api.v1 import assessments, catalog, health, matches, pathway, services
from api.v1.blueprint import blueprint

# Each of these modules names its views on the blueprint when it is imported.
VIEWS = (assessments, catalog, matches, pathway, services)
BLUEPRINTS = (blueprint, health.blueprint)
