"""Words in zh-CN and en. Each sentence stands in desk/locale/<package>.toml, both languages side by side.
A package with many keeps those of its pages in <package>.pages.toml; the keys are the same.

    [filed]                       -> key "tickets.filed"
    zh = "{name}提出了请求"
    en = "{name} filed a request"

Where English needs a singular: en = { one = "{n} request", other = "{n} requests" }, chosen by the value `n`.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("zh-CN", "en")
_LOCALE = Path(__file__).parent / "locale"
Words = str | Mapping[str, str]


@cache
def catalogue() -> dict[str, dict[str, Words]]:
    """Every key -> {"zh": words, "en": words}."""
    keys: dict[str, dict[str, Words]] = {}
    for file in sorted(_LOCALE.glob("*.toml")):
        for name, words in tomllib.loads(file.read_text(encoding="utf-8")).items():
            keys[f"{file.stem.partition('.')[0]}.{name}"] = words
    return keys


@cache
def _spoken(language: str) -> dict[str, Words]:
    of = "zh" if language.startswith("zh") else "en"
    return {key: words[of] for key, words in catalogue().items()}


def say(language: str, key: str, /, **values: object) -> str:
    """The sentence of a key in a language, Sentences among the values too. KeyError for an unknown key."""
    words = _spoken(language)[key]
    if not isinstance(words, str):
        words = words["one" if values.get("n") == 1 else "other"]
    if not values and "{" not in words:
        return words
    return words.format(**{k: v.say(language) if isinstance(v, Sentence) else v for k, v in values.items()})


def either(language: str, zh: str, en: str) -> str:
    """A name that has both, in the reader's language."""
    return zh if language.startswith("zh") else en


class Sentence:
    """A key with its values: words that wait for a reader's language."""

    def __init__(self, key: str, /, **values: object) -> None:
        self.key, self.values = key, values

    def say(self, language: str) -> str:
        return say(language, self.key, **self.values)


class Refused(Exception):
    """What stops an action: a sentence for the person (what, why, the next step), optionally about one field."""

    status = 409
    link = ""  # where to look instead: a path of ours

    def __init__(self, key: str, /, *, field: str | None = None, **values: object) -> None:
        self.sentence, self.field = Sentence(key, **values), field
        super().__init__(self.sentence.say("en"))


class Invalid(Refused):
    """Input that a person can mend: the typed words stay in the form (422)."""

    status = 422

    def __init__(self, faults: Mapping[str, Sentence]) -> None:
        self.faults = dict(faults)
        first = next(iter(faults))
        self.sentence, self.field = faults[first], first
        Exception.__init__(self, "; ".join(f"{name}: {fault.say('en')}" for name, fault in faults.items()))


class NotFound(Refused):
    """There is no such thing, or its existence is withheld; one sentence for both (specs/disclosure.md)."""

    status = 404

    def __init__(self) -> None:
        super().__init__("disclosure.refusal")


class Forbidden(Refused):
    """The reader may know the thing but may not do this with it."""

    status = 403
