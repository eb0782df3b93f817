"""The door of reports: of a department for whoever answers for it, of months that have ended for every employee."""

from desk.reports.routes import files, pages, public

routes = [*pages.routes, *files.routes, *public.routes]
