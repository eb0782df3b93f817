"""The small signs that stand a hundred times on a page: made once for each set of words, then kept.

As Jinja macros they took a third of a request page's time.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from markupsafe import Markup, escape

from desk.i18n import say
from desk.web import static, text
from desk.web.times import Times


def of(language: str) -> Mapping[str, Any]:
    """What macros.html hands on as ui.icon, ui.avatar, ui.tier and ui.state."""
    return {
        "sign_icon": icon,
        "sign_avatar": avatar,
        "sign_tier": partial(tier, language),
        "sign_state": partial(state, language),
    }


@lru_cache(256)
def icon(name: str) -> Markup:
    address = f"{static.address('icons.svg')}#{name}"
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>').format(address)


@lru_cache(1024)
def avatar(name: str, kind: str = "") -> Markup:
    """Initials; kind: me, small, dept."""
    shape = f"avatar avatar--{kind}" if kind else "avatar"
    return Markup('<span class="{}" aria-hidden="true">{}</span>').format(shape, text.initials(name))


@lru_cache(1024)
def tier(language: str, n: int, dept: str = "", chip: bool = False) -> Markup:
    shape = "tier" + (" tier--chip" if chip else "") + (" tier--shut" if n >= 3 else "")
    word = say(language, f"disclosure.tier_{n}") + (f" · {dept}" if dept else "")
    return Markup('<span class="{}">{}{}</span>').format(shape, icon(f"tier-{n}"), word)


@lru_cache(256)
def state(language: str, s: str, chip: bool = False, word: str = "") -> Markup:
    """s: running, near, broken, kept, paused."""
    shape = f"state state--{s}" + (" state--chip" if chip else "")
    said = word or say(language, f"web.state_{s}")
    return Markup('<span class="{}">{}{}</span>').format(shape, icon(f"state-{s}"), said)


def time(times: Times, at: datetime | date, style: str = "moment") -> Markup:
    """style: clock, moment, day, date, brief; the exact time is in the title."""
    return _time(times.today, at, style)


@lru_cache(4096)
def _time(times: Times, at: datetime | date, style: str) -> Markup:
    words = getattr(times, style)(at)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(times.iso(at), times.exact(at), words)


class Fields:
    """The macros of fields.html. A field that nobody has typed into looks the same to all who read its language: made
    once for each set of words, then kept. What carries a key, or a person's words, is made anew.
    """

    def __init__(self, module: Any, language: str, token: str) -> None:
        self._module, self._language = module, language
        self.guard = partial(_guard, token)

    def __getattr__(self, name: str) -> Any:
        macro = getattr(self._module, name)
        return macro if name == "faults" else partial(_field, self._language, name, macro)


def _guard(token: str, form: Any = None, of: str = "") -> Markup:
    """The form's token and its idempotency key; of: what tells forms that share one key apart."""
    said = f'<input type="hidden" name="_csrf" value="{escape(token)}">'
    if form:
        key = form.key if form.key.endswith(of) else form.key + of
        said += f'<input type="hidden" name="_key" value="{escape(key)}">'
    return Markup(said)


_CHOSEN = ("select", "tiers", "choices", "check")
_made: dict[Any, Markup] = {}


def _field(language: str, name: str, macro: Any, form: Any, field: str, *given: Any, **named: Any) -> Markup:
    typed = form.typed.get(field)
    if form.faults or (typed and name not in _CHOSEN):
        return macro(form, field, *given, **named)  # type: ignore[no-any-return]
    more = ((key, _fixed(value)) for key, value in named.items())
    of = (language, name, field, *(typed or ()), *map(_fixed, given), *more)
    if of not in _made:
        if len(_made) >= 2000:
            _made.clear()
        _made[of] = macro(form, field, *given, **named)
    return _made[of]


def _fixed(value: Any) -> Any:
    return tuple(value.items()) if isinstance(value, dict) else tuple(value) if isinstance(value, list) else value
