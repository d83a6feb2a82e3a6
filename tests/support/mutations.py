"""Ways to damage a file, for the fuzz tests."""

from __future__ import annotations

from hypothesis import strategies as st

# What breaks parsers, put in whole.
SPLICES = (
    *(b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85", b"\r", b"\r\n", b"\t", b"\n\n"),
    *(b": ", b"- ", b"? ", b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!str ", b"!", b"---\n", b"...\n", b"%YAML 1.1\n"),
    *(
        b"'",
        b'"',
        b"\\",
        b'"\\ud800"',
        b'"\\x00"',
        b"|\n",
        b">-\n",
        b"#",
        b"<<: ",
        b"~",
        b"null",
        b"@",
        b"`",
        b",",
        b"  ",
    ),
    *(b"id", b"services:\n", b"  - id: x\n", b"value: 1\n", b"_schema: 1\n", b"age: any\n", b"outside: {outside: any}"),
    *(b"9" * 400, b"[" * 400, b"-" * 50, b"a: " * 40),
)

Edit = tuple[str, float, bytes, int]

_PLACE = st.floats(0, 1, exclude_max=True)
_TEXT = st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass"))

EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("flip"), _PLACE, st.binary(min_size=1, max_size=1), st.just(1)),
        st.tuples(st.just("delete"), _PLACE, st.just(b""), st.integers(1, 200)),
        st.tuples(st.just("insert"), _PLACE, st.one_of(st.sampled_from(SPLICES), _TEXT), st.just(0)),
        st.tuples(st.just("overwrite"), _PLACE, st.one_of(st.sampled_from(SPLICES), _TEXT), st.integers(1, 40)),
        st.tuples(st.just("repeat"), _PLACE, st.just(b""), st.integers(1, 300)),
        st.tuples(st.just("move"), _PLACE, st.just(b""), st.integers(1, 300)),
    ),
    min_size=1,
    max_size=6,
)


def damaged(data: bytes, edits: list[Edit]) -> bytes:
    """`data` after the edits, one after the other."""
    for kind, place, new, length in edits:
        at = int(place * len(data))
        piece = data[at : at + length]
        match kind:
            case "flip":
                new_byte = bytes(a ^ b for a, b in zip(piece, new, strict=False))
                data = data[:at] + new_byte + data[at + 1 :]
            case "repeat":
                data = data[:at] + piece + data[at:]
            case "move":
                rest = data[:at] + data[at + length :]
                middle = len(rest) // 2
                data = rest[:middle] + piece + rest[middle:]
            case _:
                data = data[:at] + new + data[at + length :]
    return data
