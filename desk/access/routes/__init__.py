"""The door of who may read: labels moved, seals, recusals, grants, asked access, who has viewed."""

from desk.access.routes import countersigns, labels, labels_api, recusals, unusual, viewed

routes = [
    *labels.routes,
    *labels_api.routes,
    *countersigns.routes,
    *recusals.routes,
    *unusual.routes,
    *viewed.routes,
]
