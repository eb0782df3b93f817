"""The words that locks and keys are made of. Rows carry locks, readers hold keys of the same form."""

EVERYONE = "everyone"
STAFF = "staff"


def department(of: int) -> str:
    return f"department:{of}"


def handlers(of: int) -> str:
    return f"handlers:{of}"


def person(of: int) -> str:
    return f"person:{of}"


def ticket(of: int) -> str:
    return f"ticket:{of}"


def update(of: int) -> str:
    return f"update:{of}"
