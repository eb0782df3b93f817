"""What leaves a report as a file: its sheets, and the promises behind its figures."""

from desk.reports.routes.files import promises, sheets

routes = [*promises.routes, *sheets.routes]
