"""The door of what the company keeps open, for every employee: openness about openness."""

from desk.openness.routes import api, pages

routes = [*pages.routes, *api.routes]
