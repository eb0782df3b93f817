"""The door of who may read: labels moved, seals, recusals, grants, asked access, who has viewed."""

from desk.access.routes import viewed

routes = [
    *viewed.routes,
]
