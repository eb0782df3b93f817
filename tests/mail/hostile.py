"""Letters that were made to hang or kill who reads them."""

HEAD = b"From: lin@corp.example\r\nSubject: x\r\n"


def addresses() -> bytes:
    return (
        b"From: lin@corp.example\r\nTo: " + b",\r\n ".join(b"u%d@x.example" % n for n in range(20_000)) + b"\r\n\r\nx"
    )


def few_bytes_many_addresses() -> bytes:
    return b"From: lin@corp.example\r\nTo: " + b", ".join(b"a@b" for _ in range(20_000)) + b"\r\n\r\nx"


def references() -> bytes:
    return HEAD + b"References: " + b" ".join(b"<%d@x>" % n for n in range(90_000)) + b"\r\n\r\nx"


def parts() -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + b"--B\r\n\r\nx\r\n" * 50_000 + b"--B--"


def nested() -> bytes:
    kind = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n'
    return HEAD + b"".join(kind % (n, n) for n in range(2_000)) + b"\r\nx"


def letters_within_letters() -> bytes:
    return HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 2_000 + b"x"


def deep() -> bytes:
    kind = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n'
    return HEAD + b"".join(kind % (n, n) for n in range(30)) + b"\r\nx"


def subject() -> bytes:
    return b"From: lin@corp.example\r\nSubject: " + b"=?utf-8?B?5omT5Y2w5py6?=\r\n " * 400_000 + b"\r\n\r\nx"


def big() -> bytes:
    return HEAD + b"\r\n" + b"x" * (26 * 1024 * 1024)


def unclosed_tags() -> bytes:
    return HEAD + b"Content-Type: text/html\r\n\r\n" + b"<!--" * 250_000 + b"<a b='" * 60_000
