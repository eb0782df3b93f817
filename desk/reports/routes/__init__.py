"""The door of reports, for whoever answers for a department."""

from desk.reports.routes import changes, pages

routes = [*pages.routes, *changes.routes]
