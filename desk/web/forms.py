"""What a person typed: into a Struct, or back into the form with what must be mended.

try:
    posted = await forms.read(request, NewRequest)
    ...
except Refused as refusal:
    return page(request, "tickets/new.html", status=refusal.status, form=await forms.again(request, refusal))
"""

import secrets
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

from litestar.datastructures import UploadFile
from msgspec import Meta, Struct, inspect

from desk import settings
from desk.i18n import Invalid, Refused
from desk.web import body, csrf, decode
from desk.web.times import zone
from desk.web.viewer import AnyRequest, language, viewer

KEY = "_key"
Verbatim = Annotated[str, Meta(max_length=1000, extra={"verbatim": True})]  # passwords: not even a blank is cut off
S = TypeVar("S", bound=Struct)


class Posted(Struct, Generic[S], frozen=True):
    value: S
    key: str | None  # idempotency key: the same form sent twice carries the same one
    rest: dict[str, list[str]]  # fields under the open prefix, without it


class Form(Struct, frozen=True):
    """What a template's field macros show."""

    key: str
    typed: dict[str, list[str]] = {}
    faults: dict[str, str] = {}  # field -> sentence in the reader's language
    message: str = ""  # a refusal that is about no field
    link: str = ""  # where to look instead

    def value(self, name: str) -> str:
        return (self.typed.get(name) or [""])[0]

    def values(self, name: str) -> list[str]:
        return self.typed.get(name, [])

    def fault(self, name: str) -> str:
        return self.faults.get(name, "")


class Nothing(Struct, frozen=True):
    """A form with a button and no field."""


async def read(request: AnyRequest, into: type[S], *, open_prefix: str | None = None) -> Posted[S]:
    """The form's fields as a Struct. Fields that start with `open_prefix` are the door's own business (`rest`).

    Raises Invalid with a sentence for every field at fault, body.Malformed for what no form sends.
    """
    found = dict(await body.fields(request))
    key = _only_text(found.pop(KEY, []))
    found.pop(csrf.FIELD, None)
    rest = {name: found.pop(name) for name in list(found) if open_prefix and name.startswith(open_prefix)}
    reader = viewer(request)
    local = zone(reader.zone if reader else settings.current().zone)
    value = decode.struct(into, _single(into, found), zone=local)
    texts = {name[len(open_prefix or "") :]: [v for v in sent if isinstance(v, str)] for name, sent in rest.items()}
    return Posted(value=value, key=key, rest=texts)


async def read_json(request: AnyRequest, into: type[S]) -> S:
    """The API's body. Strict types; Invalid (422) names every field at fault, nested ones as `expectation.by`."""
    return decode.struct(into, await body.json_object(request))


def blank(**initial: str | list[str]) -> Form:
    """An empty form, or one with values already in it, under a fresh idempotency key."""
    typed = {name: [value] if isinstance(value, str) else value for name, value in initial.items()}
    return Form(key=fresh_key(), typed=typed)


async def again(request: AnyRequest, refusal: Refused) -> Form:
    """The form as it was typed, with what must be mended, under a fresh key: what was refused has claimed none.

    Passwords, secrets and files are not given back.
    """
    sent = await body.fields(request)
    said = language(request)
    typed = {
        name: [value for value in values if isinstance(value, str)]
        for name, values in sent.items()
        if not name.startswith("_") and "password" not in name and name != "secret"
    }
    message = _about_no_field(refusal, said)
    return Form(key=fresh_key(), typed=typed, faults=faults(refusal, said), message=message, link=refusal.link)


def faults(refusal: Refused, said: str) -> dict[str, str]:
    if isinstance(refusal, Invalid):
        return {name: fault.say(said) for name, fault in refusal.faults.items()}
    return {refusal.field: refusal.sentence.say(said)} if refusal.field else {}


def fresh_key() -> str:
    return secrets.token_hex(16)


def _about_no_field(refusal: Refused, said: str) -> str:
    return "" if refusal.field else refusal.sentence.say(said)


def _only_text(sent: list[Any]) -> str | None:
    text = sent[0] if len(sent) == 1 else None
    return text if isinstance(text, str) and 8 <= len(text) <= 64 and text.isascii() and text.isalnum() else None


def _single(into: type[Struct], found: Mapping[str, list[Any]]) -> dict[str, Any]:
    """One value where the Struct wants one; lists stay lists, without the blank that an empty file field sends."""
    lists = _lists(into)
    return {
        name: [v for v in sent if isinstance(v, UploadFile) or v.strip()] if name in lists else _one(sent)
        for name, sent in found.items()
    }


@cache
def _lists(into: type[Struct]) -> set[str]:
    many = inspect.ListType | inspect.VarTupleType
    return {name for name, (_, info) in decode.fields_of(into).items() if isinstance(info, many)}


def _one(sent: list[Any]) -> Any:
    return sent[0] if len(sent) == 1 else sent
