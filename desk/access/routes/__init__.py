"""The door of who may read: labels moved, seals, recusals, grants, asked access, who has viewed."""

from desk.access.routes import (
    answering,
    asking,
    breaking_glass,
    countersigns,
    grants,
    labels,
    labels_api,
    recusals,
    unusual,
    viewed,
)

routes = [
    *labels.routes,
    *labels_api.routes,
    *countersigns.routes,
    *recusals.routes,
    *asking.routes,
    *answering.routes,
    *grants.routes,
    *breaking_glass.routes,
    *unusual.routes,
    *viewed.routes,
]
