"""Doors of calendars, which everybody reads and administrators keep, of what departments promise each other, and of the
forecast."""

from desk.sla.routes import calendars, days, forecast, imports, looking, olas

routes = [
    *calendars.routes,
    *days.routes,
    *imports.routes,
    *looking.routes,
    *olas.routes,
    *forecast.routes,
]
