"""What words become before they meet: the same terms for what was written and for what is looked for."""

from desk.search.rules.asked import Query, number, of_query
from desk.search.rules.snippets import Piece, Pieces, snippet
from desk.search.rules.terms import index, of_request, terms

__all__ = ["Piece", "Pieces", "Query", "index", "number", "of_query", "of_request", "snippet", "terms"]
