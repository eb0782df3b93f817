"""Whether a letter is for this desk, by its envelope. There is no relaying: what is for others is not taken."""


def is_ours(recipient: str, own: str) -> bool:
    """`own` is the desk's address. Departments, answers and bounces have addresses of the same domain."""
    local, _, domain = recipient.strip("<> ").rpartition("@")
    return bool(local) and domain.lower().rstrip(".") == own.rpartition("@")[2]


def clean(address: str) -> str:
    """As the database can hold it: some senders write bytes of another charset here. The null path is empty."""
    return address.strip("<>").encode(errors="replace").decode().replace("\0", "")
