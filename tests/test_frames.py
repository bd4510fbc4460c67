from __future__ import annotations

import quopri

from hypothesis import given
from hypothesis import strategies as st

from digest.frames import Frame, Own, Piece, opening


def test_a_frame_is_filled_where_it_is_open() -> None:
    frame = Frame.cut(f"Dear {opening('name')}, read {opening('link')}.")
    filling = {"name": (Piece.of("Ada"),), "link": (Piece.of("https://"), Piece.of("example.org"))}
    assert "".join(p.text for p in frame.filled(filling)) == "Dear Ada, read https://example.org."


def test_what_many_readers_get_is_encoded_once() -> None:
    frame = Frame.cut(f"Dear {opening('name')}.")
    first, second = (frame.filled({"name": (Piece.of(name),)}) for name in ("Ada", "Grace"))
    assert first[0] is second[0]
    assert (first[1].octets, second[1].octets) == (b"Ada=\r\n", b"Grace=\r\n")


@given(st.from_regex(r"https://[a-z.]{1,40}/[A-Za-z0-9_.-]{1,200}", fullmatch=True))
def test_a_link_arrives_as_it_is_and_no_line_begins_with_a_dot(link: str) -> None:
    html, text = Own.of(link)
    assert html.text == text.text == link
    assert quopri.decodestring(text.octets).decode() == link
    assert all(len(line) <= 76 and line[:1] != b"." for line in text.octets.split(b"\r\n"))
