"""The door of reports: of a department for whoever answers for it, of months that have ended for every employee."""

from desk.reports.routes import changes, files, pages, promises, public, requests

routes = [*pages.routes, *promises.routes, *changes.routes, *files.routes, *public.routes, *requests.routes]
