"""How requests stand to each other: the page of links, its forms, and the same for programs."""

from desk.tickets.routes.links import acts, api, page

routes = [page.links_page, *acts.routes, *api.routes]
