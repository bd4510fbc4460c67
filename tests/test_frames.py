from __future__ import annotations

from digest.frames import Frame, Piece, opening


def test_a_frame_is_filled_where_it_is_open() -> None:
    frame = Frame.cut(f"Dear {opening('name')}, read {opening('link')}.")
    filling = {"name": (Piece("Ada"),), "link": (Piece("https://"), Piece("example.org"))}
    assert "".join(p.text for p in frame.filled(filling)) == "Dear Ada, read https://example.org."


def test_what_many_readers_get_is_shared_and_what_is_theirs_is_not() -> None:
    filled = Frame.cut(f"Dear {opening('name')}.").filled({"name": (Piece("Ada"),)})
    assert [(piece.text, piece.is_shared) for piece in filled] == [
        ("Dear ", True),
        ("Ada", False),
        (".", True),
    ]
