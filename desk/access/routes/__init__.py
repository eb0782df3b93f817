"""The door of who may read: labels moved, seals, recusals, grants, asked access, who has viewed."""

from typing import Any

from desk.access.routes import countersigns, labels, labels_api, recusals

routes: list[Any] = [
    *labels.routes,
    *labels_api.routes,
    *countersigns.routes,
    *recusals.routes,
]
