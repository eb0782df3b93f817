"""The browser's door of calendars, and of what departments promise each other."""

from desk.sla.routes import calendars, olas

routes = [*calendars.routes, *olas.routes]
