from desk.sla.routes import calendars, forecast

routes = [*calendars.routes, *forecast.routes]
