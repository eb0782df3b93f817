"""What happens in the firm on a Friday morning, told once for each world. Worlds differ in hidden matter and in nothing else:
the same clock, the same random tokens in each step, the same numbers.

Each hidden thing has a kind and one of six places among what everybody may read.
"""

from desk.access.routes import label_shapes as shapes
from desk.access.routes import moving
from desk.sla import jobs as sla
from desk.tickets import actions as tickets
from desk.tickets import jobs as ticket_jobs
from desk.tickets.actions.files import File
from desk.tickets.actions.updates import Shut
from desk.tickets.rules.words import Expectation
from tests.firm import local
from tests.leaks.hiding import PORTIONS, Told
from tests.leaks.related import Relating

PLACES = ("last", "middle", "first", "in an older request", "alone", "two on one day")


class Story(Relating):
    async def tell(self, older: list[int]) -> Told:
        """`older`: what was asked the day before."""
        await self._file_first()
        await self._first_whole()
        for n, kind in enumerate(PORTIONS):
            for place in PLACES if kind in self.kinds else ():
                await self._placed(kind, place, older[n])
        await self._other_wholes()
        await self._least_load()
        await self.move()
        await self.relate()
        await self._afterwards()
        return self.told

    async def _file_first(self) -> None:
        await self.at("09:00", "before")
        for title in ("a badge for a visitor", "a second badge"):
            await self.firm.files(self.firm.lin, title, service="badge")

    # ---- portions under a request that everybody reads

    async def _placed(self, kind: str, place: str, older: int) -> None:
        await self.at("09:10", f"{kind} {place}")
        number = older if place == "in an older request" else await self._asked(kind, place)
        self.told.places[number] = f"{kind}, {place}"
        await self.recuse(number)
        if "note" in kind:
            await self.firm.does(self.firm.zhao, tickets.watch, number)
        await self.firm.wu_takes(number)
        await self.firm.does(self.firm.wu, tickets.reply, number, "It is being looked at.", Shut(), answer=True)
        if place in ("last", "middle", "in an older request"):
            await self.firm.lin_writes(number, "The train was late, too.") if kind == "note" else None
        for n in range(2 if place == "two on one day" else 1):
            await self._hide(number, kind, f"{kind} {place} {n}", early=place in ("first", "middle"))
        if place in ("middle", "first"):
            await self.at("09:40", f"{kind} {place} afterwards")
            await self.firm.does(self.firm.wu, tickets.reply, number, "It is paid today.", Shut(), answer=True)

    async def _asked(self, kind: str, place: str) -> int:
        """By 林 where only notes hang: a requester reads every reply. Alone: nothing has been said there yet."""
        who = self.firm.lin if kind in ("note", "core", "sealed note", "file", "sealed file") else self.firm.tao
        title = f"{kind} {place}".replace("sealed ", "closed ")
        self.told.cited = await self.number_in("whole sealed first")
        body = f"As in #{self.told.cited}." if kind == "note" else "As usual."
        return await self.firm.files(who, title, service="expenses", body=body)

    async def _hide(self, number: int, kind: str, name: str, *, early: bool) -> None:
        sealed = kind.startswith("sealed ")
        if not (self.world.sealed if sealed else self.world.marked):
            return
        await self.at(("09:24" if self.world.other else "09:20") if early else "09:50", name)
        kind = kind.removeprefix("sealed ")
        written = await getattr(self, f"_{kind}")(number, "investigation" if sealed else "legal", sealed)
        if kind == "note" and self.world.more and not sealed:
            await self._note(number, "legal", sealed)
        if sealed:
            await self.second("seal", number, written.token)
            await self._lives_on(number, kind, written.token)

    async def _lives_on(self, number: int, kind: str, token: str) -> None:
        """What is done with words after they were sealed."""
        who, words = self.firm.deng if self.world.other or kind == "word" else self.firm.wu, self.world.secret
        if kind == "note":
            await self.firm.does(who, tickets.correct, number, token, words * 2, words)
        if kind == "file":
            prolonged = shapes.Prolongation(reason="legal", sentence=words)
            await self.label(who, number, token, moving.prolonging(prolonged), "prolong")

    # ---- whole requests

    async def _first_whole(self) -> None:
        """Before anything that can be read stands in the list of human resources."""
        await self._whole("first", "09:02", "payroll")
        await self._whole("sealed first", "09:02", "payroll")
        await self.at("09:05", "visible 1")
        self.told.places[await self.firm.files(self.firm.lin, "a desk by the window", service="desks")] = "beside"

    async def _other_wholes(self) -> None:
        for name, service in (("middle", "payroll"), ("alone", "drafts")):
            await self._whole(name, "10:00", service)
            await self._whole(f"sealed {name}", "10:00", service)
        await self.at("10:05", "visible 2")
        beside = await self.firm.files(self.firm.meng, "a desk by the door", service="desks")
        self.told.places[beside] = "beside"
        for name in ("two on one day", "two on one day again", "last"):
            await self._whole(name, "10:10", "payroll")
            await self._whole(f"sealed {name}", "10:10", "payroll")

    async def _whole(self, name: str, hour: str, service: str) -> None:
        sealed = name.startswith("sealed ")
        if not (self.world.sealed if sealed else self.world.marked):
            return
        await self.at(hour, f"whole {name}")
        reason = "investigation" if sealed else None
        number = await self.firm.files(
            self.firm.tao, self.world.secret, service=service, body=self.world.secret, tier=3, reason=reason,
            sentence=self.world.secret,
        )  # fmt: skip
        self.told.places[number] = f"a whole request, {name}"
        self.told.marked.append(number)
        if service == "payroll":
            await self.recuse(number, by="han")
        await self._let_in(f"ticket:{await self._id(number)}")
        if name.endswith("middle"):
            await self._live(number)
        if sealed:
            number = await self.seal(number, by="ning" if service == "drafts" else "han")
        if name == "sealed first":
            await self._live(number)
        if name.endswith("last"):
            await self._pass_on(number)

    async def _live(self, number: int) -> None:
        """What a request may have had: words, a file, a word that is not kept, an ask, a correction, an outcome."""
        han, words = self.firm.han, self.world.secret
        await self.firm.does(han, tickets.take, number)
        expectation = Expectation(local("2026-11-20 10:30"), words)
        await self.firm.does(han, tickets.reply, number, words, Shut(), expectation=expectation)
        written = await self.firm.does(han, tickets.note, number, words, Shut())
        await self.firm.does(han, tickets.correct, number, written.token, words, words)
        asked = await self.firm.does(han, tickets.ask_department, number, self.firm.studio, words, Shut())
        self._keep("ask", number, asked.token)
        await self.firm.does(self.firm.tao, tickets.attach_to, number, [File("a.txt", words.encode())])
        await self.firm.does(han, tickets.resolve, number, words)

    async def _pass_on(self, number: int) -> None:
        await self.firm.does(self.firm.han, tickets.hand_over, number, self.firm.studio, self.world.secret)

    # ---- what else happens

    async def _least_load(self) -> None:
        await self.at("10:12", "least load")
        self.told.places[await self.firm.files(self.firm.meng, "who has time", service=None)] = "least load"

    async def _afterwards(self) -> None:
        """What follows by itself until noon: the sweep, the notices, the forecast."""
        await self.at("10:20", "resolved")
        for number in [number for number, place in self.told.places.items() if place == "note, middle"]:
            await self.firm.wu_resolves(number)
        await self.at("12:00", "noon")
        await sla.sweep()
        await ticket_jobs.sweep()
        await self.root.execute("update escalations e set token = left(md5(p.token || e.level), 24) from promises p"
                                " where p.id = e.promise")  # fmt: skip
        await sla.foresee()
        rows = await self.root.fetch(
            "select e.token, t.number from escalations e join tickets t on t.id = e.ticket"
            " where coalesce((select u.tier from updates u where e.item = 'update:' || u.id), t.tier) >= 3 order by e.token"
        )
        self.told.tokens["escalation"] = [(row["number"], row["token"]) for row in rows]
