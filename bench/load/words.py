"""What people write, at the length they write it, half of it Chinese."""

import random

from bench.load import vocabulary as said

Pair = tuple[str, str]


class Pen:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def title(self, thing: Pair, tongue: int) -> str:
        return self.dice.choice(said.TITLES)[tongue].format(thing=thing[tongue])[:120]

    def request(self, tongue: int) -> str:
        """Two to eight sentences."""
        return self._some(said.ASKING, tongue, self.dice.choice((2, 3, 3, 4, 4, 5, 6, 8)))

    def update(self, kind: str, tongue: int) -> str:
        match kind:
            case "reply":
                return self._some(said.ANSWERS, tongue, self.dice.choice((1, 2, 2, 3, 4)))
            case "message":
                return self._some(said.MESSAGES, tongue, self.dice.choice((1, 1, 2, 3)))
            case "note":
                return self._some(said.NOTES, tongue, self.dice.choice((1, 1, 2)))
        return self.dice.choice({"question": said.QUESTIONS, "outcome": said.OUTCOMES}.get(kind, said.DECLINES))[tongue]

    def sentence(self, among: tuple[Pair, ...], tongue: int) -> str:
        return self.dice.choice(among)[tongue]

    def _some(self, among: tuple[Pair, ...], tongue: int, count: int) -> str:
        chosen = self.dice.sample(among, min(count, len(among)))
        number = f"{self.dice.randrange(100, 999)}-{self.dice.randrange(1000, 9999)}"
        return ("" if tongue == 0 else " ").join(pair[tongue] for pair in chosen).replace("{n}", number)
