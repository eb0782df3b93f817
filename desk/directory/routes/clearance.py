"""Who wanted to let themselves in is in the journal, though nothing was changed."""

from desk import db
from desk.directory import actions, rules
from desk.i18n import Refused
from desk.web.page import now
from desk.web.viewer import AnyRequest


async def journal(request: AnyRequest, reader: db.Reader, refusal: Refused | None) -> None:
    if isinstance(refusal, rules.OwnClearance):
        async with db.acting_as(reader):
            await actions.refuse_clearance(now(request))
