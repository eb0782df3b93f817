"""What is done with words later: labels moved, somebody recused who had known of it, words taken away by two, access asked for and answered."""

from typing import Any

import asyncpg
import pytest

from desk import clock, db, queue
from desk.access.actions import answering, asking
from desk.access.actions.answering import Extract, Granting
from desk.access.actions.asking import Wanted
from desk.access.queries import portions
from desk.access.routes import label_shapes as shapes
from desk.access.routes import moving
from desk.disclosure import queries as disclosure
from desk.disclosure.queries import grants
from desk.disclosure.rules import facts
from desk.journal import jobs
from desk.tickets import actions as tickets
from desk.tickets.actions.files import File, Portion
from desk.tickets.actions.updates import Shut
from desk.tickets.rules.words import Expectation
from desk.worker import REACTIONS
from tests.firm import local
from tests.leaks.hiding import Hiding


async def worker_runs(root: asyncpg.Connection) -> None:
    while due := await root.fetch("select entry from errands where state = 'waiting' and tries = 0 order by entry"):
        for row in due:
            await jobs.react(row["entry"], 1, REACTIONS)
        if await root.fetchval("select count(*) from errands where state = 'waiting' and tries = 0") >= len(due):
            break


class Moving(Hiding):
    async def move(self) -> None:
        """Everything is written, whoever may read it is told, and only then it is moved."""
        if {"labels", "recusals", "removals"} & set(self.kinds):
            self._step("the worker before")
            await worker_runs(self.root)
        acts: dict[str, tuple[Any, Any]] = {
            "labels": (self._words_of_labels, self._move_labels),
            "recusals": (self._known_to_some, self._recuse_later),
            "removals": (self._too_much, self._take_away),
        }
        written = {name: await begin() for name, (begin, _) in acts.items() if name in self.kinds}
        if written:
            await self._tell_who_may_read_it_still()
        for name, words in written.items():
            await acts[name][1](*words)
        for answer in ("grant", "extract", "refusal") if "access" in self.kinds else ():
            await self._ask_for_access(answer)

    async def _tell_who_may_read_it_still(self) -> None:
        """What rings a person now rings by right: it is not rung again when the words are shut."""
        rings, person = queue.publish, queue.person_bell(0).removesuffix("0")

        async def publish(channel: str, word: str) -> None:
            if not channel.startswith(person):
                await rings(channel, word)

        self._step("worker")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(queue, "publish", publish)
            await worker_runs(self.root)

    async def visible(self, who: db.Reader, title: str, place: str, service: str = "expenses") -> int:
        number = await self.firm.files(who, title, service=service)
        self.told.places[number] = place
        return number

    async def restricted(self, place: str, hour: str = "10:40", service: str = "payroll") -> int:
        """A request of 陶's that is hidden as a whole from everybody who walks."""
        await self.at(hour, place)
        secret = self.world.secret
        number = await self.firm.files(self.firm.tao, secret, service=service, body=secret, tier=3, sentence=secret)
        if service == "payroll":
            await self.recuse(number, by="han")
        self.told.places[number] = place
        self.told.marked.append(number)
        return number

    async def seal(self, number: int, by: str = "han", second: str = "wu") -> int:
        """The number that it has from then on."""
        ticket = await self._id(number)
        await self.second("seal", number, by=by, second=second)
        now: int = await self.root.fetchval("select number from tickets where id = $1", ticket)
        self.told.marked = [one for one in self.told.marked if one != number]
        self.told.places[now] = self.told.places.pop(number)
        self.told.sealed.append(now)
        return now

    # ---- labels

    async def _words_of_labels(self) -> tuple[int, dict[str, str], int | None]:
        await self.at("10:13", "labels")
        number = await self.visible(self.firm.lin, "a ticket to Wuhan", "labels moved")
        await self.recuse(number)
        await self.firm.does(self.firm.zhao, tickets.watch, number)
        plain = await self.firm.wu_notes(number, "The bank was shut.", tier=3, reason="legal", sentence="a draft")
        words = {"lowered": plain.token}
        for act in ("raised", "prolonged", "unsealed", "refused") if self.world.marked else ():
            await self.at("10:14", f"labels {act}")
            shut = Shut(1) if act == "raised" else Shut(3, "legal", self.world.secret)
            words[act] = (await self.firm.does(self.firm.wu, tickets.note, number, self.world.secret, shut)).token
            self._keep("update", number, words[act])
        whole = await self.restricted("labels moved, whole", "10:14", "drafts") if self.world.marked else None
        return number, words, whole

    async def _move_labels(self, number: int, words: dict[str, str], whole: int | None) -> None:
        wu, ning, secret = self.firm.wu, self.firm.ning, self.world.secret
        await self.at("10:30", "labels lowered")
        await self.label(wu, number, words["lowered"], moving.opening(shapes.Opening(to=1)), "lower")
        if whole is None:
            return
        await self.at("10:31", "labels moved")
        raised = shapes.Raising(tier=3, reason="legal", sentence=secret)
        longer = shapes.Prolongation(reason="legal", sentence=secret)
        await self.label(wu, number, words["raised"], moving.raising(raised), "raise")
        await self.label(wu, number, words["prolonged"], moving.prolonging(longer), "prolong")
        await self.second("seal", number, words["refused"], yes=False)
        await self.second("seal", number, words["unsealed"])
        await self.label(wu, number, words["unsealed"], moving.unsealing, "unseal")
        await self.label(ning, whole, "request", moving.prolonging(longer), "prolong")
        await self.label(ning, whole, "request", moving.opening(shapes.Opening(to=2)), "lower")

    # ---- who is recused after having known of it

    async def _known_to_some(self) -> tuple[int, int | None, int | None]:
        """周 and 靳 had it in their hands, followed it, and were told."""
        await self.at("10:15", "known")
        number = await self.visible(self.firm.lin, "a hotel in Suzhou", "known to some")
        await self.firm.does(self.firm.zhou, tickets.take, number)
        for who in (self.firm.zhou, self.firm.jin):
            await self.firm.does(who, tickets.watch, number)
        for sealed in (False, True):
            if self.world.sealed if sealed else self.world.marked:
                await self.at("10:15", f"known, sealed {sealed}")
                written = await self._note(number, "investigation" if sealed else "legal", sealed)
                if sealed:
                    await self.second("seal", number, written.token)
        marked = await self._in_the_hands_of_jin("known, marked") if self.world.marked else None
        sealed_one = await self._in_the_hands_of_jin("known, sealed") if self.world.sealed else None
        return number, marked, sealed_one

    async def _in_the_hands_of_jin(self, place: str) -> int:
        await self.at("10:16", place)
        secret = self.world.secret
        number = await self.firm.files(
            self.firm.tao, secret, service="payroll", body=secret, tier=3, sentence=secret
        )  # fmt: skip
        self.told.places[number] = place
        self.told.marked.append(number)
        await self.firm.does(self.firm.jin, tickets.take, number)
        await self.firm.does(self.firm.jin, tickets.watch, number)
        await self.firm.does(self.firm.han, tickets.note, number, secret, Shut())
        await self.firm.does(self.firm.tao, tickets.message, number, secret, Shut())
        return number

    async def _recuse_later(self, number: int, marked: int | None, sealed: int | None) -> None:
        await self.at("10:32", "recused later")
        await self.recuse(number, "zhou", by="qian", until=local("2026-12-20 09:00"))
        await self.recuse(number, "jin")
        await self.firm.wu_takes(number)
        for one in (marked, sealed):
            if one is not None:
                await self.recuse(one, by="han")
        if sealed is not None:
            await self.seal(sealed)
            await self.firm.does(self.firm.han, tickets.note, sealed, self.world.secret, Shut())

    # ---- words that two people take away

    async def _too_much(self) -> tuple[int, list[str], list[str]]:
        """(request, words that everybody could read, words that were shut)"""
        await self.at("10:17", "removed")
        number, secret = await self.visible(self.firm.lin, "a train to Ningbo", "words removed"), self.world.secret
        await self.recuse(number)
        await self.firm.does(self.firm.zhao, tickets.watch, number)
        expectation = Expectation(local("2026-11-20 11:30"), secret)
        reply = await self.firm.does(self.firm.wu, tickets.reply, number, secret, Shut(), expectation=expectation)
        note = await self.firm.does(self.firm.wu, tickets.note, number, secret, Shut(1))
        to = Portion(label=note.label, audience=note.audience, update=note.id)
        async with db.acting_as(self.firm.wu):
            await tickets.attach(await self._ticket(number), [File("a.txt", secret.encode())], to, at=clock.now())
        shut = []
        for sealed in (False, True):
            if self.world.sealed if sealed else self.world.marked:
                await self.at("10:18", f"removed, sealed {sealed}")
                written = await self._note(number, "investigation" if sealed else "legal", sealed)
                if sealed:
                    await self.second("seal", number, written.token)
                shut.append(written.token)
        return number, [reply.token, note.token], shut

    async def _take_away(self, number: int, words: list[str], shut: list[str]) -> None:
        for token in (*words, *shut):
            await self.at("10:34", f"removed {token}")
            who = self.firm.deng if token in shut and self.world.other else self.firm.wu
            await self.firm.does(who, tickets.ask_removal, number, token, "personal_data")
            asked = await self.root.fetchval("select token from removals order by id desc limit 1")
            await self.firm.does(self.firm.qian, tickets.agree_to_removal, number, asked)
            if token in shut:
                self._keep("removal", number, asked)

    async def _ticket(self, number: int) -> int:
        found: int = await db.call("select id from tickets where number = $1", number)
        return found

    # ---- access that is asked for: a marker announces it in every world, and what is behind it varies

    async def _ask_for_access(self, answer: str) -> None:
        await self.at("10:35", f"access {answer}")
        number = await self.visible(self.firm.tao, f"a bill, {answer}", f"asked for, {answer}")
        await self.recuse(number)
        await self._note(number, "legal", False)
        await self.at("10:36", f"access {answer} asked")
        async with db.acting_as(self.firm.tao):
            [row] = await db.fetch(disclosure.OF_UPDATES, await self._ticket(number))
            asked = facts(disclosure.marker(row), number)
            wanted = Wanted(asked=asked, title="Access", why="It is my bill.", until=local("2026-11-23 09:00").date())
            number = await asking.ask(wanted, at=clock.now())
        self.told.places[number] = f"access, {answer}"
        await self.at("10:37", f"access {answer} answered")
        await getattr(self, f"_answer_{answer}")(number)

    async def _answer_grant(self, number: int) -> None:
        async with db.acting_as(self.firm.wu, writing=False):
            refs = [one.ref for one in await portions.named(await grants.asked_portions(number))]
        new = Granting(refs=refs, until=local("2026-11-23 09:00").date(), why=self.world.secret)
        await self._answers(answering.grant, number, new, "Granted.", roles=())

    async def _answer_extract(self, number: int) -> None:
        new = Extract(tier=1, body="It was a matter of one sum.", why="Nobody is named.")
        await self._answers(answering.extract, number, new, "Given.")

    async def _answer_refusal(self, number: int) -> None:
        await self._answers(answering.refuse, number, "legal", "It is decided next week.", "No.")

    async def _answers(self, verb: Any, number: int, *words: Any, **more: Any) -> None:
        await self.firm.does(self.firm.wu, verb, number, *words, **more)
