"""A check that breaks is told like any other fault, so that the others are still heard."""

from collections.abc import Awaitable

from desk.i18n import Sentence

UNSEEN = "doctor.unseen"


async def seen(what: str, check: Awaitable[list[Sentence]]) -> list[Sentence]:
    try:
        return await check
    except Exception as fault:
        cause = fault.__cause__ or fault
        why = f"{type(cause).__name__}: {cause}".partition("\n")[0].removesuffix(": ")
        return [Sentence(UNSEEN, what=Sentence(f"doctor.of_{what}"), why=why)]
