"""One request from filing to its end, as rows of every table that it touches."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from bench.load import labels, plan
from bench.load import vocabulary as said
from bench.load.books import Books
from bench.load.clerk import Case, Clerk
from bench.load.firm import LIN, MEASURED, QIAN, WU, Firm
from bench.load.ledger import Ledger
from bench.load.plan import Plan
from bench.load.words import Pen
from desk import locks
from desk.disclosure import rules
from desk.disclosure.rules import Parties, Tier
from desk.journal.rules import Tag
from desk.search.rules import of_request
from desk.sla.rules import days, instants
from desk.sla.rules.kinds import REPLIES, Kind
from desk.sla.rules.targets import Moment
from desk.tickets.rules.states import REOPENING_DAYS, State

FIRST_NUMBER = 2001
_TAGS = {"reply": Tag.REPLY_WRITTEN, "message": Tag.MESSAGE_WRITTEN, "note": Tag.NOTE_WRITTEN,
         "question": Tag.QUESTION_ASKED, "outcome": Tag.REQUEST_RESOLVED, "decline": Tag.REQUEST_DECLINED}  # fmt: skip
_moment: Callable[[int], datetime] = instants.moment


class Chronicle:
    def __init__(self, books: Books, firm: Firm, dice: random.Random, now: datetime) -> None:
        self.books, self.firm, self.dice, self.pen = books, firm, dice, Pen(dice)
        self.now, self.today = instants.seconds(now), now.date()
        self.clerk = Clerk(books, dice, self.now)

    def story(self, decided: Plan) -> Iterator[int]:
        """Yields the instant of each happening before it is written, so that many stories can be told in one order."""
        calendar = self.firm.clocks[decided.department].compiled
        filed = plan.filed_at(decided, self.dice, calendar)
        yield filed
        case = self._file(decided, filed)
        for at, kind in plan.steps(decided, filed, self.dice, calendar, self.now):
            yield at
            self._update(case, kind, at)
            case.last_at = at
        self._end(case)
        yield case.ended_at or self.now
        self._write(case)

    def _file(self, decided: Plan, filed: int) -> Case:
        case = self._case(decided, filed)
        requester = case.parties.requester
        case.ledger.give(Kind.FIRST_REPLY, case.service.reply, filed)
        case.ledger.give(Kind.RESOLUTION, case.service.resolution, filed)
        self.clerk.enter(case, Tag.REQUEST_FILED, filed, by=requester, told=[case.handler])
        self.books.add("submissions", requester, self.books.token(), _moment(filed), str(FIRST_NUMBER - 1 + case.id))
        if self.dice.random() < 0.1:
            watcher = self.dice.choice(self.firm.staff[case.parties.requesting])
            self.books.add("watches", case.id, watcher, [locks.person(watcher)])
        if self.dice.random() < 0.15:
            columns = labels.columns(case.parties.label, False, case.audience)
            self.clerk.attach(case, None, requester, filed, columns)
        if case.giver:
            self._hand_over(case, case.giver)
        return case

    def _case(self, decided: Plan, filed: int) -> Case:
        dice, firm, of = self.dice, self.firm, decided.department
        asker = LIN if decided.of_lin else dice.randint(QIAN + 1, len(firm.homes))
        clock = firm.clocks[of]
        label = labels.of_request(dice, owner=of, day=clock.today(_moment(filed)), today=self.today)
        if decided.updates == plan.LONG_UPDATES and decided.state == State.OPEN:  # measured: everybody may read it
            label = rules.label(Tier.INTERNAL, owner=of, day=label.day)
        parties = Parties(requester=asker, requesting=firm.homes[asker], serving=of, label=label)
        audience = rules.locks(label, author=asker, parties=parties, for_requester=True)
        giver = dice.choice([d for d in firm.staff if d != of]) if dice.random() < 0.08 else None
        handler = WU if of == MEASURED and dice.random() < 0.3 else dice.choice(firm.handlers[of])
        taken = decided.updates > 0 or decided.state != State.OPEN or dice.random() < 0.4
        row = self.books.next_id("tickets")
        ledger = Ledger(ticket=row, clock=clock, department=of, handler=handler if taken else None, promisee=asker,
                        audience=audience)  # fmt: skip
        return Case(
            id=row, plan=decided, filed=filed, parties=parties, audience=audience, handler=handler, taken=taken,
            giver=giver, service=dice.choice(firm.services[giver or of]), tongue=int(dice.random() < 0.5),
            ledger=ledger, held_by=giver or of, held_since=filed, last_at=filed,
        )  # fmt: skip

    def _hand_over(self, case: Case, giver: int) -> None:
        at = case.filed + 40
        self.clerk.pass_on(case, case.parties.serving, at)
        by = self.firm.handlers[giver][0]
        self.clerk.enter(case, Tag.REQUEST_HANDED_OVER, at, by=by, giving=giver, receiving=case.parties.serving)

    def _update(self, case: Case, kind: str, at: int) -> None:
        author = case.parties.requester if kind == "message" else case.handler
        day = case.ledger.clock.today(_moment(at))
        label = labels.of_update(kind, case.parties, self.dice, day=day, today=self.today)
        open_to_asker = kind != "note"
        audience = rules.locks(label, author=author, parties=case.parties, for_requester=open_to_asker)
        columns = labels.columns(label, kind == "note" and labels.sealed(label, self.dice), audience)
        body = self.pen.update(kind, case.tongue)
        row = self.books.add(
            "updates", self.books.token(), case.id, author, _moment(at), kind, open_to_asker, body, *columns
        )
        self.books.index(locks.update(row), case.id, _moment(at), audience, columns[-3], [body])
        told = [case.handler] if kind == "message" else [case.parties.requester] if open_to_asker else []
        self.clerk.enter(case, _TAGS[kind], at, by=author, subject=locks.update(row), audience=audience, told=told)
        if self.dice.random() < 0.08:
            self.clerk.attach(case, row, author, at, columns)
        match kind:
            case "message":
                self._hear(case, at)
            case "question":
                self._ask(case, at)
            case "reply":
                self._answer(case, at, row, audience)

    def _hear(self, case: Case, at: int) -> None:
        if case.holder == "requester":
            case.ledger.hold("resumed", at)
            self.clerk.pass_on(case, case.parties.serving, at)
        if not case.ledger.owes(Kind.FIRST_REPLY):
            case.ledger.give(Kind.NEXT_REPLY, case.service.reply, at)

    def _ask(self, case: Case, at: int) -> None:
        case.ledger.settle(REPLIES, at)
        if case.holder == "department":
            case.ledger.hold("paused", at)
            self.clerk.pass_on(case, None, at)

    def _answer(self, case: Case, at: int, row: int, audience: list[str]) -> None:
        answers = self.dice.random() < 0.6
        case.ledger.settle([*REPLIES, *([Kind.EXPECTATION] if answers else [])], at)
        if not answers:
            by = at + self.dice.randint(1, 72) * 3600
            what = self.pen.sentence(said.OUTCOMES, case.tongue)
            case.ledger.give(Kind.EXPECTATION, Moment(at=by), at, update=row, what=what, audience=audience)

    def _end(self, case: Case) -> None:
        """The last update, if any, was the outcome or the refusal."""
        ledger, at = case.ledger, case.last_at
        match case.plan.state:
            case State.RESOLVED | State.ACCEPTED as state:
                ledger.settle([*REPLIES, Kind.RESOLUTION, Kind.EXPECTATION], at)
                case.resolved_at, case.lapses_at = at, days.close_after(ledger.clock.compiled, at, REOPENING_DAYS)
                if case.holder == "department":
                    self.clerk.pass_on(case, None, at)
                if state == State.ACCEPTED:
                    self._accept(case, at, case.lapses_at)
            case State.DECLINED:
                ledger.settle([*REPLIES, Kind.EXPECTATION], at)
                ledger.settle([Kind.RESOLUTION], at, withdrawn=True)
                case.ended_at = at
            case State.WITHDRAWN:
                ledger.settle(list(Kind), at, withdrawn=True)
                case.ended_at = at

    def _accept(self, case: Case, resolved_at: int, lapses_at: int) -> None:
        """Within some hours, or by silence."""
        soon = case.ledger.clock.compiled.add(resolved_at, 60 + int(self.dice.expovariate(1 / 20000)))
        case.ended_at = lapses_at if self.dice.random() < 0.25 else min(soon, lapses_at)
        case.ledger.settle([Kind.NEXT_REPLY], case.ended_at, withdrawn=True)

    def _write(self, case: Case) -> None:
        at, serving, requester = case.ended_at or self.now, case.parties.serving, case.parties.requester
        for word in case.ledger.close(self.books, self.now):
            item = case.item if word.update is None else locks.update(word.update)
            self.clerk.enter(case, Tag.PROMISE_BROKEN, word.state.breaks_at, by=None, subject=item,
                             audience=word.audience, told=[self.firm.heads[serving]])  # fmt: skip
        match case.plan.state:
            case State.ACCEPTED if at == case.lapses_at:
                self.clerk.enter(case, Tag.ACCEPTANCE_LAPSED, at, by=None, told=[requester])
            case State.ACCEPTED:
                self.clerk.enter(case, Tag.REQUEST_ACCEPTED, at, by=requester, told=[case.handler])
            case State.WITHDRAWN:
                self.clerk.enter(case, Tag.REQUEST_WITHDRAWN, at, by=requester, told=[case.handler])
        self.clerk.end_hop(case, case.ended_at)
        if case.parties.label.tier == Tier.CORE:
            self.clerk.grant(case)
        self._file_away(case)

    def _file_away(self, case: Case) -> None:
        title, body = self.pen.title(case.service.name, case.tongue), self.pen.request(case.tongue)
        row = self._ticket(case, title, body)
        self.books.put("tickets", case.id, *row)
        subject = case.service.name[case.tongue]
        texts = of_request(int(str(row[0])), title, body, [subject])
        self.books.index(case.item, case.id, _moment(case.filed), case.audience, row[-3], texts)

    def _ticket(self, case: Case, title: str, body: str) -> tuple[object, ...]:
        sealed = labels.sealed(case.parties.label, self.dice)
        number = self.dice.randrange(10**8, 10**9) if sealed else FIRST_NUMBER - 1 + case.id
        answers = {"subject": case.service.name[case.tongue], "amount": self.dice.randrange(1000, 900000)}
        when = (case.filed, case.resolved_at, case.lapses_at, case.ended_at)
        return (
            number, case.service.id, case.parties.serving, case.service.department, case.parties.requester,
            case.parties.requesting, case.handler if case.taken else None, case.plan.state.value, "web",
            *(None if at is None else _moment(at) for at in when), 0,
            title, body,
            msgspec.json.encode(answers).decode(), *labels.columns(case.parties.label, sealed, case.audience),
        )  # fmt: skip
