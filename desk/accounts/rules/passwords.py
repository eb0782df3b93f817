"""Passwords: 12 to 128 characters of any kind, and none that is tried first (NIST SP 800-63B 5.1.1.2)."""

import re

from desk.i18n import Invalid, Sentence

SHORTEST, LONGEST = 12, 128
_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)
_DISGUISES = str.maketrans("@4310$5!7", "aaeiossit")
_WORDS = """
password passwort passphrase passcode pass word admin administrator root superuser user login guest welcome letmein
changeme change default secret private master access system server company office temp temporary test testing tester
iloveyou ilove loveyou loveme woaini woaiwojia woainima aini sunshine princess monkey dragon football baseball
basketball superman batman pokemon starwars shadow michael jordan ashley charlie thomas jessica daniel freedom whatever
trustno trustnoone hello helloworld hellokitty goodluck forever friends family mother father computer internet
samsung google facebook linkedin twitter microsoft windows apple iphone android chrome firefox
spring summer autumn winter january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday china beijing shanghai shenzhen guangzhou zhongguo
mima wodemima denglu guanliyuan nihao nihaoma huanying gongsi qwerty qwert asdf zxcv abc abcd correcthorsebatterystaple
"""
_COMMON = frozenset(_WORDS.split())


def check_password(password: str, *, login: str, name: str, email: str) -> None:
    """Raises Invalid about the field `password`."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid({"password": Sentence("accounts.password_length", least=SHORTEST, most=LONGEST)})
    if _is_common(password.lower()):
        raise Invalid({"password": Sentence("accounts.password_common")})
    if _is_personal(password.lower(), [login, name, email.partition("@")[0]]):
        raise Invalid({"password": Sentence("accounts.password_personal")})


def check_same(password: str, again: str) -> None:
    """Raises Invalid about the field `password_again`."""
    if password != again:
        raise Invalid({"password_again": Sentence("accounts.password_differs")})


def _is_common(password: str) -> bool:
    """Few signs, something repeated, a run along the keyboard, or a common word with figures around it."""
    if len(set(password)) < 5 or re.fullmatch(r"(.{1,6}?)\1+.{0,5}", password):
        return True
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password)
    rest = re.sub(r"[^a-z]", "", core.translate(_DISGUISES))
    bare = re.sub(r"[\W\d_]+", "", password)
    return _without_runs(password) < 4 or any(_made_of_common(words) for words in {rest, bare, password} if words)


def _without_runs(password: str) -> int:
    """How many signs are left when runs along a row of keys, forwards or backwards, are taken out."""
    for row in _ROWS:
        for line in (row, row[::-1]):
            for length in range(min(len(line), len(password)), 3, -1):
                for start in range(len(line) - length + 1):
                    password = password.replace(line[start : start + length], "")
    return len(password)


def _made_of_common(words: str) -> bool:
    """Nothing but common words, one after the other."""
    ends = {0}
    for end in range(1, len(words) + 1):
        if any(words[start:end] in _COMMON for start in ends):
            ends.add(end)
    return len(words) in ends


def _is_personal(password: str, about: list[str]) -> bool:
    """Hardly more than the person's own name."""
    for part in about:
        word = part.lower().strip()
        if len(word) >= 3 and word in password and len(password.replace(word, "")) < 8:
            return True
    return False
