"""A letter within a letter, and what somebody wrote above it."""

from desk.mail.rules.letters import Letter


def forwarded(letter: Letter) -> tuple[str, str]:
    """(above, below). What is new in a letter that was passed on is what stands above; nothing, when nothing does."""
    whole, above = letter.text.strip(), letter.new_text.strip()
    if above and whole.startswith(above) and len(above) < len(whole):
        return above, whole[len(above) :].strip()
    return "", letter.new_text
