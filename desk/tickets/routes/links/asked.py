"""What the page and a program ask of links, and what is then done."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, TypeAlias

from msgspec import Meta, Struct

from desk.i18n import Invalid, Sentence
from desk.tickets import actions as tickets
from desk.tickets.actions.splitting import Draft
from desk.tickets.queries import cases

Text = Annotated[str, Meta(max_length=40_000)]
Code = Annotated[str, Meta(max_length=64)]
Other = Annotated[int, Meta(ge=1, le=2**53)]
Act: TypeAlias = Callable[[int, datetime], Awaitable[int]]  # of a request; answers where it is to be seen


class NewLink(Struct, frozen=True):
    """`kind`: relates, duplicates or blocks; turned_duplicates and turned_blocks say it of the other one."""

    other: Other
    kind: Code


class Into(Struct, frozen=True):
    other: Other


class Child(Struct, frozen=True, kw_only=True):
    """`cleaned`: why these words tell nothing of what the request keeps shut; without it the child is as shut."""

    service: Code = ""
    title: Text = ""
    body: Text = ""
    fields: dict[str, Any] = {}
    blocks: bool = False
    cleaned: Text = ""


class Split(Struct, frozen=True, kw_only=True):
    """`tokens`: ids of the words to quote; with `cleaned` nothing is quoted, and the words tell what may be told."""

    title: Text = ""
    body: Text = ""
    service: Code = ""
    fields: dict[str, Any] = {}
    tokens: list[Code] = []
    cleaned: Text = ""


class FollowUp(Struct, frozen=True):
    title: Text = ""
    body: Text = ""


def link(new: NewLink) -> Act:
    async def done(number: int, at: datetime) -> int:
        await tickets.link(*await cases.both(number, new.other, at=at), new.kind, at=at)
        return number

    return done


def unlink(new: NewLink) -> Act:
    async def done(number: int, at: datetime) -> int:
        await tickets.unlink(*await cases.both(number, new.other, at=at), new.kind, at=at)
        return number

    return done


def merge(new: Into) -> Act:
    async def done(number: int, at: datetime) -> int:
        await tickets.merge(*await cases.both(number, new.other, at=at), at=at)
        return new.other

    return done


def child(new: Child) -> Act:
    async def done(number: int, at: datetime) -> int:
        if not new.service:
            raise Invalid({"service": Sentence("tickets.child_service_needed")})
        return await tickets.file_child(await cases.held(number, at=at), _draft(new), at=at, blocks=new.blocks)

    return done


def split(new: Split) -> Act:
    async def done(number: int, at: datetime) -> int:
        return await tickets.split(await cases.held(number, at=at), _draft(new), new.tokens, at=at)

    return done


def follow(new: FollowUp) -> Act:
    async def done(number: int, at: datetime) -> int:
        draft = Draft(title=new.title, body=new.body)
        return await tickets.follow(await cases.held(number, at=at), draft, at=at)

    return done


def _draft(new: Child | Split) -> Draft:
    return Draft(
        title=new.title, body=new.body, service=new.service or None, fields=new.fields,
        cleaned=new.cleaned.strip() or None,
    )  # fmt: skip
