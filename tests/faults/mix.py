"""A thousand letters as a firm gets them. Each begins with an id that says what is to become of it."""

from collections import Counter
from collections.abc import Callable
from itertools import chain

from desk import db
from desk.directory import actions as directory
from desk.directory.actions import NewPerson
from desk.mail.rules.signed import Signer
from tests.faults.trial import Trial
from tests.intake.post import letter
from tests.intake.test_machines import report
from tests.mail import hostile

COWORKERS = 20  # who writes: nobody is acknowledged more than forty times a day
SMALL = (
    hostile.addresses, hostile.few_bytes_many_addresses, hostile.references, hostile.parts, hostile.nested,
    hostile.letters_within_letters, hostile.bomb,
)  # fmt: skip
BECAME = {  # kind -> how many, and (state, outcome)
    "new": (400, ("done", "request")),
    "copy": (100, ("done", "double")),
    "to_address": (150, ("done", "message")),
    "by_reference": (150, ("done", "message")),
    "away": (30, ("done", "automatic")),
    "of_list": (30, ("held", "automatic")),
    "bounce": (50, ("done", "bounce")),
    "malformed": (84, ("dead", "unread")),
    "huge": (6, ("dead", "unread")),
}


class Mix:
    """`numbers`: requests of 林 that are answered. `signer`: of the desk that gets the letters."""

    def __init__(self, numbers: list[int], entries: list[int], lin: int, signer: Signer) -> None:
        self.numbers, self.entries, self.lin, self.signer = numbers, entries, lin, signer

    def letters(self) -> list[bytes]:
        """Mingled; a copy comes after what it repeats."""
        new = [self._marked("new", n) for n in range(BECAME["new"][0])]
        others = [
            self._marked(kind, n) for kind in BECAME for n in range(BECAME[kind][0]) if kind not in ("new", "copy")
        ]
        mingled = chain.from_iterable(zip(new, others + [b""] * (len(new) - len(others)), strict=False))
        rest = others[len(new) :]
        return [one for one in (*mingled, *rest, *new[: BECAME["copy"][0]]) if one]

    def _marked(self, kind: str, n: int) -> bytes:
        made: Callable[[int], bytes] = getattr(self, f"_{kind}")
        return f"Message-ID: <{n}.{kind}@mail.example.cn>\r\n".encode() + made(n)

    def _new(self, n: int) -> bytes:
        return letter(f"Request {n}, please.", subject=f"New {n}", sender=coworker(n), Message_ID="")

    def _to_address(self, n: int) -> bytes:
        to = self.signer.reply_address(self.numbers[n % len(self.numbers)], self.lin)
        return letter(f"To the address {n}.", subject="Whatever", to=to, Message_ID="")

    def _by_reference(self, n: int) -> bytes:
        which = n % len(self.numbers)
        ours = self.signer.message_id(self.entries[which], self.lin)
        return letter(f"By reference {n}.", subject=f"回复：{title(which)}", References=f"<{ours}>", Message_ID="")

    def _away(self, n: int) -> bytes:
        to = self.signer.reply_address(self.numbers[n % len(self.numbers)], self.lin)
        return letter(f"I am away {n}.", to=to, Auto_Submitted="auto-replied", Message_ID="")

    def _of_list(self, n: int) -> bytes:
        return letter(f"News {n}", sender=coworker(n), List_Id="<news.example.cn>", Message_ID="")

    def _bounce(self, n: int) -> bytes:
        return report(f"{n}@elsewhere.example")

    def _malformed(self, n: int) -> bytes:
        return SMALL[n % len(SMALL)]().replace(b"lin@corp.example", coworker(n).encode(), 1)

    def _huge(self, n: int) -> bytes:
        raw = (hostile.big, hostile.subject)[n % 2]()
        return raw.replace(b"lin@corp.example", coworker(n).encode(), 1)


def coworker(n: int) -> str:
    return f"coworker{n % COWORKERS}@example.cn"


def title(n: int) -> str:
    return f"request {n}"


async def hired(trial: Trial) -> None:
    async with db.acting_as(db.NOBODY):
        for n in range(COWORKERS):
            new = NewPerson(login=f"coworker{n}", name=f"同事{n}", email=coworker(n), department=trial.firm.operations)
            await directory.add_person(new)


def expected() -> Counter[tuple[str, str, str]]:
    """A copy bears the id of what it repeats."""
    return Counter({("new" if of == "copy" else of, *became): many for of, (many, became) in BECAME.items()})


def kind(content: bytes) -> str:
    """Of a letter by its id, which is all that is left of some."""
    return content[:100].partition(b"@")[0].rpartition(b".")[2].decode()
