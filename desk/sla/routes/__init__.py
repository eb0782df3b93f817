"""Doors of calendars, which everybody reads and administrators keep, and of what departments promise each other."""

from desk.sla.routes import calendars, days, imports, looking, olas

routes = [*calendars.routes, *days.routes, *imports.routes, *looking.routes, *olas.routes]
