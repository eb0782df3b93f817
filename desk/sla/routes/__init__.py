"""Business calendars: kept by administrators, read by everybody."""

from desk.sla.routes import days, imports, keeping, looking

routes = [*keeping.routes, *days.routes, *imports.routes, *looking.routes]
