"""What of a letter is shown as it looked."""

from msgspec import Struct

from desk.mail.rules.clean import without_pictures
from desk.mail.rules.letters import Letter, Refusal


class Seen(Struct, frozen=True):
    """`why_not` names why there is nothing to see: unread, quotes. `left_out` counts pictures."""

    html: str = ""
    text: str = ""
    left_out: int = 0
    why_not: str = ""


def look(letter: Letter | Refusal, *, own: bool) -> Seen:
    """All of it to whoever wrote it. To others only what says nothing beyond the words that it became: what is quoted
    or passed on may have been shut since, or be of another request.
    """
    if isinstance(letter, Refusal):
        return Seen(why_not="unread")
    if not own and _brings_others(letter):
        return Seen(why_not="quotes")
    if not letter.html:
        return Seen(text=letter.text)
    html, pictures = without_pictures(letter.html)
    return Seen(html=html, left_out=letter.pictures_off + pictures)


def _brings_others(letter: Letter) -> bool:
    answers = letter.envelope.refs or letter.envelope.in_reply_to
    return bool(answers) or letter.standing.is_forward or letter.text.split() != letter.new_text.split()
