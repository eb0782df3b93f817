"""Bytes to text: valid UTF-8 first, then the label widened, then what the bytes look like (spec mail, item 18)."""

import codecs
import re

WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "gb_2312-80": "gb18030",
    "936": "gb18030", "euc-cn": "gb18030", "x-euc-cn": "gb18030", "windows-936": "gb18030", "gb18030-2000": "gb18030",
    "chinese": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs", "cp950": "big5hkscs", "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949",
    "ksc5601": "cp949", "x-windows-949": "cp949", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932",
    "x-sjis": "cp932", "windows-31j": "cp932", "x-euc-jp": "euc_jp", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "iso8859-1": "cp1252", "ansi": "cp1252", "ansi_x3.4-1968": "us-ascii",
    "macintosh": "mac_roman", "x-mac-roman": "mac_roman", "iso-8859-8-i": "iso8859_8", "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874", "unicode-1-1-utf-7": "utf-7", "utf8": "utf-8",
    "utf-8-sig": "utf-8", "hz-gb-2312": "hz", "iso-2022-cn": "iso2022_cn", "iso-2022-jp": "iso2022_jp_ext",
}  # fmt: skip
SAYS_NOTHING = {"", "us-ascii", "ascii", "unknown-8bit", "unknown", "x-unknown", "default", "utf-8", "default_charset"}
ONLY_WHEN_LABELLED = re.compile(r"hz|iso-?2022|utf-?7$|utf-?16|utf-?32|ucs-?2")
GUESSES = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
SAMPLE = 8192
FEWEST = 4  # high bytes that a guess needs
HIGH = re.compile(rb"[\x80-\xff]")


def decode(raw: bytes, label: str = "") -> str:
    """Never raises: what fits nothing becomes U+FFFD."""
    name = label.strip().strip("\"'").lower()
    codec = _codec(name)
    if codec and ONLY_WHEN_LABELLED.match(name):
        return _shifted(raw, codec)
    try:
        return raw.decode("utf-8-sig" if raw[:3] == codecs.BOM_UTF8 else "utf-8")
    except UnicodeDecodeError:
        pass
    if codec and name not in SAYS_NOTHING:
        return _labelled(raw, codec)
    return raw.decode(guess(raw) or ("utf-8" if name.startswith("utf") else "cp1252"), "replace")


def decode_field(raw: bytes, own: str = "") -> str:
    """A header in raw bytes, `own` being what the letter calls its charset; without any clue U+FFFD stays."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    name = own.strip("\"' ").lower()
    codec = _codec(name)
    if codec and name not in SAYS_NOTHING and not ONLY_WHEN_LABELLED.match(name):
        return raw.decode(codec, "replace")
    return raw.decode(guess(raw) or "utf-8", "replace")


def guess(raw: bytes) -> str:
    """The East Asian charset that the bytes look like, or nothing: a single-byte charset fits every byte."""
    sample = raw[:SAMPLE]
    if len(HIGH.findall(sample)) < FEWEST:
        return ""
    best, name = 0.8, ""
    for codec in GUESSES:
        score = _score(sample, codec)
        if score > best:
            best, name = score, codec
    return name


def _codec(name: str) -> str:
    try:
        return codecs.lookup(WIDER.get(name, name)).name if name else ""
    except (LookupError, ValueError):
        return ""


def _shifted(raw: bytes, codec: str) -> str:
    if codec.startswith("utf-16") and raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        codec = "utf-16"
    try:
        told = raw.decode(codec, "replace").removeprefix("\ufeff")
        return told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # UTF-7 can hold half a character
    except (UnicodeError, ValueError, LookupError):
        return raw.decode("utf-8", "replace")


def _labelled(raw: bytes, codec: str) -> str:
    """Senders without a setting call Chinese Latin-1: many high bytes in pairs say so."""
    if codec == "cp1252" and len(HIGH.findall(raw[:SAMPLE])) * 2 > len(raw[:SAMPLE]):
        codec = guess(raw) or codec
    try:
        return raw.decode(codec, "replace")
    except (UnicodeError, ValueError, LookupError):
        return raw.decode("cp1252", "replace")


def _score(sample: bytes, codec: str) -> float:
    """The share of frequent letters among all that are not ASCII; 0 when the bytes do not fit at all."""
    text = sample.decode(codec, "replace")
    wide = [char for char in text if char > "\x7f"]
    if not wide or text.count("\ufffd") > 1 + len(wide) // 50:
        return 0.0
    return sum(_usual(char, codec) for char in wide) / len(wide)


def _usual(char: str, codec: str) -> float:
    """Frequent Han stand first in GB 2312 and Big5; kana and Hangul are proof by themselves."""
    if "\u3040" <= char <= "\u30ff":
        return 1.0 if codec in ("cp932", "euc_jp") else 0.3
    if "\uac00" <= char <= "\ud7a3":
        return 1.0 if codec == "cp949" else 0.0
    if "\u4e00" <= char <= "\u9fff":
        return _rank(char, codec)
    return 1.0 if "\u3000" <= char <= "\u303f" or "\uff01" <= char <= "\uff5e" else 0.2


def _rank(char: str, codec: str) -> float:
    lead = char.encode(codec, "replace")[0]
    match codec:
        case "gb18030":
            return 1.0 if 0xB0 <= lead <= 0xD7 else 0.4
        case "big5hkscs":
            return 0.99 if 0xA4 <= lead <= 0xC6 else 0.4
        case "cp932":
            return 0.9 if 0x88 <= lead <= 0x97 else 0.3
        case "euc_jp":
            return 0.9 if 0xB0 <= lead <= 0xCF else 0.3
    return 0.3
