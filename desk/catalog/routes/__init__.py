"""The catalogue's doors: what everybody reads, what administrators keep, what programs ask for."""

from desk.catalog.routes import api, catalogue, fields, routing, services

routes = [*catalogue.routes, *services.routes, *fields.routes, *routing.routes, *api.routes]

__all__ = ["routes"]
