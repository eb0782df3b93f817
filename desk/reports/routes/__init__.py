"""The door of reports, for whoever answers for a department."""

from desk.reports.routes import pages

routes = pages.routes
