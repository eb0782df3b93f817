"""The doors of the outbox."""

from desk.outbox.routes import administration, arrived, habits, mine

routes = [*mine.routes, *habits.routes, *administration.routes, *arrived.routes]
