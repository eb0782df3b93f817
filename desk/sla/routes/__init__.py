"""Business calendars: kept by administrators, read by everybody."""

from desk.sla.routes import calendars, days, imports, looking

routes = [*calendars.routes, *days.routes, *imports.routes, *looking.routes]
