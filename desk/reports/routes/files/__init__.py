"""What leaves a report as a file: its sheets, the rows behind its figures, and what every employee may know."""

from desk.reports.routes.files import promises, public, requests, sheets

routes = [*promises.routes, *requests.routes, *public.routes, *sheets.routes]
