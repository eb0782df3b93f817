"""What is taken from shut words carries their label, unless it was cleaned and somebody says so."""

from collections.abc import Sequence

from desk.disclosure.rules.labels import Label, under
from desk.i18n import Invalid, Sentence


def extract(own: Label, sources: Sequence[Label], cleaned: str | None = None) -> Label:
    """High water: the highest tier and the longest term of the sources. `cleaned`: why nothing of what they shut is
    left in it; then the label is the one that was wished for. Raises Invalid for a reason of blanks.
    """
    if cleaned is not None:
        if not cleaned.strip():
            raise Invalid({"cleaned": Sentence("disclosure.cleaned_why")})
        return own
    for source in sources:
        own = under(own, source)
    return own
