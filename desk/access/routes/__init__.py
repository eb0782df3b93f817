"""The door of who may read: labels moved, seals, recusals, grants, asked access, who has viewed."""

from desk.access.routes import unusual, viewed

routes = [
    *unusual.routes,
    *viewed.routes,
]
