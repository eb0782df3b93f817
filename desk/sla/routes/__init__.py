"""The browser's door of calendars, of what departments promise each other, and of the forecast."""

from desk.sla.routes import calendars, forecast, olas

routes = [*calendars.routes, *olas.routes, *forecast.routes]
