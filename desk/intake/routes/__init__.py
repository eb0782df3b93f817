"""Letters that came: those that wait for a person, and those that became words, as they looked."""

from desk.intake.routes import looks, waiting

routes = [*waiting.routes, *looks.routes]
