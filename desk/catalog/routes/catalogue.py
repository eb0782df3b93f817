"""The catalogue as every employee reads it."""

from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from desk import db
from desk.accounts.queries import Standing
from desk.catalog import queries
from desk.catalog.rules.offers import offer, question
from desk.catalog.rules.service import may_change
from desk.directory import queries as directory
from desk.web.page import page
from desk.web.viewer import AnyRequest, Asks, language

Words = Annotated[str, QueryParameter(name="q", max_length=200)]


@get("/services", include_in_schema=False)
async def catalogue(request: AnyRequest, reader: Asks, standing: NamedDependency[Standing]) -> Response[str]:
    said = language(request)
    async with db.acting_as(reader, writing=False):
        groups = await queries.groups()
        keeps = may_change(await directory.roles(reader.person))
    told = [(group.name(said), [offer(one, said) for one in group.services]) for group in groups]
    found: dict[str, Any] = {
        "groups": told,
        "keeps": keeps,
        "rules": not standing.guest,
        "q": "",
        "finds": [],
        "own_words": "/new",
    }
    return page(request, "catalog/catalogue.html", **found)


@get("/services/suggestions", include_in_schema=False)
async def suggestions(request: AnyRequest, reader: Asks, q: Words = "") -> Response[str]:
    """The services that somebody may mean; htmx gets the list alone."""
    said = language(request)
    async with db.acting_as(reader, writing=False):
        groups = [] if q.strip() else await queries.groups()
        finds = [offer(one, said) for one in await queries.suggestions(q)]
        keeps = may_change(await directory.roles(reader.person))
    return page(
        request,
        "catalog/catalogue.html",
        fragment="found",
        groups=[(group.name(said), [offer(one, said) for one in group.services]) for group in groups],
        keeps=keeps,
        rules=False,
        q=q,
        finds=finds,
        own_words=f"/new?{urlencode({'q': q})}",
    )


@get("/services/{code:str}", include_in_schema=False)
async def service(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    said = language(request)
    async with db.acting_as(reader, writing=False):
        found = await queries.service(code)
        keeps = may_change(await directory.roles(reader.person))
    return page(
        request,
        "catalog/service.html",
        service=offer(found, said),
        questions=[question(one, said) for one in found.fields],
        keeps=keeps,
    )


routes = [catalogue, suggestions, service]
