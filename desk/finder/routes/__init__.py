"""The door of the one search box."""

from desk.finder.routes import api, search

routes = [search.search, search.find, api.search]
