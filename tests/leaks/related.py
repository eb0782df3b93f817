"""What is made of requests: links, children, parts split off, what goes on from another, merges; of what is hidden, and of what is not."""

from typing import Any

from desk import clock, db
from desk.access.routes import label_shapes as shapes
from desk.access.routes import moving
from desk.tickets import actions as tickets
from desk.tickets.actions.splitting import Draft
from desk.tickets.actions.updates import Shut
from desk.tickets.queries import cases
from tests.leaks.cast import RECUSED
from tests.leaks.moved import Moving


class Relating(Moving):
    async def relate(self) -> None:
        acts = {
            "links": self._link, "children": self._children, "splits": self._split, "follow-ups": self._follow,
            "merges": self._merge,
        }  # fmt: skip
        for name, act in acts.items():
            if name in self.kinds:
                await act()

    async def _both(self, verb: Any, one: int, two: int, *words: Any) -> None:
        async with db.acting_as(self.firm.han):
            at = clock.now()
            await verb(*await cases.both(one, two, at=at), *words, at=at)

    async def _link(self) -> None:
        await self.at("10:40", "linked")
        one = await self.visible(self.firm.meng, "a lamp", "linked", "desks")
        two = await self.visible(self.firm.lin, "a chair", "linked beside", "desks")
        await self._both(tickets.link, one, two, "relates")
        if self.world.marked:
            other = await self.restricted("linked, marked")
            await self._both(tickets.link, one, other, "turned_blocks")
            await self._both(tickets.link, other, two, "duplicates")
            await self._both(tickets.unlink, other, two, "duplicates")
        if self.world.sealed:
            other = await self.seal(await self.restricted("linked, closed"))
            await self._both(tickets.link, one, other, "relates")
            await self._both(tickets.link, other, two, "blocks")
        await self.at("10:41", "unlinked")
        await self._both(tickets.unlink, one, two, "relates")
        await self._both(tickets.link, two, one, "blocks")

    # ---- children

    async def _children(self) -> None:
        han, secret = self.firm.han, self.world.secret
        await self.at("10:42", "parent")
        parent = await self.visible(self.firm.meng, "an office", "parent", "desks")
        paint = Draft(title="paint", service="expenses", body="White.")
        self.told.places[await self.firm.does(han, tickets.file_child, parent, paint, blocks=True)] = "child"
        hidden = Draft(title=secret, service="expenses", body=secret)
        marked = await self.restricted("parent, marked") if self.world.marked else None
        if marked is not None:
            await self.at("10:43", "child, marked")
            self._mark(await self.firm.does(han, tickets.file_child, marked, hidden, blocks=True), "child, marked")
        await self._cleaned_child(marked)
        sealed = await self.restricted("parent, closed") if self.world.sealed else None
        if self.world.marked:
            await self._child_of_what_is_sealed(sealed, hidden)
        if sealed is not None:
            await self.seal(sealed)

    async def _cleaned_child(self, parent: int | None) -> None:
        """Everybody reads it. Whoever is recused from the parent is so from it, and sees that: no leak, but a difference."""
        await self.at("10:44", "child, cleaned")
        if parent is not None:
            draft = Draft(title="chairs", service="expenses", body="Ten.", cleaned="Nobody is named.")
            number = await self.firm.does(self.firm.han, tickets.file_child, parent, draft, blocks=True)
        else:
            number = await self.firm.files(self.firm.han, "chairs", service="expenses", body="Ten.")
            await self._take_recusals_along(number)
        self.told.places[number] = "child, cleaned"

    async def _child_of_what_is_sealed(self, parent: int | None, draft: Draft) -> None:
        """It is announced by its own marker, whether its parent is there or not."""
        await self.at("10:45", "child of what is closed")
        if parent is not None:
            number = await self.firm.does(self.firm.han, tickets.file_child, parent, draft)
        else:
            shut = {"tier": 3, "reason": "pay_and_appraisal", "sentence": self.world.secret}
            number = await self.firm.files(
                self.firm.han, draft.title, service=draft.service, body=draft.body, **shut
            )  # fmt: skip
            await self._take_recusals_along(number)
        self._mark(number, "child of what is closed")

    def _mark(self, number: int, place: str) -> None:
        self.told.places[number] = place
        self.told.marked.append(number)

    async def _take_recusals_along(self, number: int) -> None:
        """As from a request that is not there in this world."""
        for login in RECUSED:
            await self.root.execute(
                "insert into recusals (person, ticket, since, by, why) values ($1, $2, $3, $4, '')",
                self.firm.people[login].person, await self._id(number), clock.now(), self.firm.han.person,
            )  # fmt: skip

    # ---- parts split off

    async def _split(self) -> None:
        tao, wu, secret = self.firm.tao, self.firm.wu, self.world.secret
        await self.at("10:46", "split")
        number = await self.visible(tao, "two bills", "split")
        await self.recuse(number)
        plain = await self.firm.does(wu, tickets.reply, number, "One is paid.", Shut(), answer=True)
        draft = Draft(title="the other bill", body="It is green.")
        self.told.places[await self.firm.does(wu, tickets.split, number, draft, [plain.token])] = "split off"
        words = plain
        if self.world.marked:
            await self.at("10:47", "split, marked")
            words = await self.firm.does(wu, tickets.reply, number, secret, Shut(3, "legal", secret), answer=True)
            self._keep("update", number, words.token)
            hidden = Draft(title=secret, body=secret)
            self._mark(await self.firm.does(wu, tickets.split, number, hidden, [words.token]), "split off, marked")
        await self.at("10:48", "split, cleaned")
        draft = Draft(title="the third bill", body="As agreed.", cleaned="It names no sum.")
        self.told.places[await self.firm.does(wu, tickets.split, number, draft, [words.token])] = "split off, cleaned"

    # ---- what goes on from another

    async def _follow(self) -> None:
        await self.at("10:49", "followed")
        number = await self.visible(self.firm.lin, "a shelf", "followed", "desks")
        await self._goes_on(self.firm.lin, number, "follows")
        if self.world.marked:
            number = await self.restricted("followed, marked", "10:49")
            self._mark(await self._goes_on(self.firm.tao, number, "follows, marked"), "follows, marked")
        for how in ("raised", "sealed"):
            await self._goes_on_from_what_is_shut_later(how)

    async def _goes_on(self, who: db.Reader, number: int, place: str) -> int:
        await self.firm.does(who, tickets.withdraw, number)
        await self.at("10:50", place)
        again = Draft(title=f"again: {place}", body="As before.")
        new: int = await self.firm.does(who, tickets.follow, number, again)
        self.told.places[new] = place
        return new

    async def _goes_on_from_what_is_shut_later(self, how: str) -> None:
        """The new request everybody reads; the first had a number of the sequence, which is not given again."""
        name, tao = f"follows what was {how}", self.firm.tao
        await self.at("10:49", f"{name}: first")
        if not (self.world.sealed if how == "sealed" else self.world.marked):
            await self.root.fetchval("select nextval('ticket_numbers')")
            await self.at("10:50", name)
            self.told.places[await self.firm.files(tao, f"again: {name}", body="As before.")] = name
            return
        number = await self.firm.files(tao, self.world.secret, body=self.world.secret)
        self._mark(number, f"{how} later".replace("sealed", "closed"))
        await self._goes_on(tao, number, name)
        await self.recuse(number, "zhou", "jin")
        raised = shapes.Raising(tier=3, reason="legal", sentence=self.world.secret)
        await self.at("10:52", f"{name}: now")
        await self.label(self.firm.wu, number, "request", moving.raising(raised), "raise")
        if how == "sealed":
            await self.seal(number, "wu", "han")

    # ---- merges: into what is hidden in every world, so that only what it says varies

    async def _merge(self) -> None:
        await self.at("10:53", "merged")
        goes = await self.visible(self.firm.lin, "the lift is stuck", "merged", "desks")
        stays = await self.visible(self.firm.meng, "the lift again", "merged into", "desks")
        await self._both(tickets.merge, goes, stays)
        if self.world.marked:
            pair = [await self.restricted(f"merged, marked {n}") for n in (1, 2)]
            await self.at("10:54", "merged, marked")
            await self._both(tickets.merge, *pair)
        for name in ("what is marked", "what is closed"):
            stays = await self.restricted(f"stays: {name}")
            await self.at("10:55", f"merged into {name}")
            goes = await self.visible(self.firm.tao, f"a key, {name}", f"merged into {name}", "desks")
            await self._both(tickets.merge, goes, stays)
            if name == "what is closed":
                await self.seal(stays)
