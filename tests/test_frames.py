from __future__ import annotations

from digest.frames import Frame, Piece, opening


def test_a_frame_is_filled_where_it_is_open() -> None:
    frame = Frame.cut(f"Dear {opening('name')}, read {opening('link')}.")
    filling = {"name": (Piece.of("Ada"),), "link": (Piece.of("https://"), Piece.of("example.org"))}
    assert "".join(p.text for p in frame.filled(filling)) == "Dear Ada, read https://example.org."


def test_what_many_readers_get_is_encoded_once() -> None:
    frame = Frame.cut(f"Dear {opening('name')}.")
    first, second = (frame.filled({"name": (Piece.of(name),)}) for name in ("Ada", "Grace"))
    assert first[0] is second[0]
    assert (first[1].octets, second[1].octets) == (b"Ada=\r\n", b"Grace=\r\n")
