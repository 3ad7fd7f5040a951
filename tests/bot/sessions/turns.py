"""A turn of the check `c1`, saved or dropped in one line."""

from bot.sessions import DeskItem, Held, Owner, Sessions


async def save(
    sessions: Sessions,
    owner: Owner,
    expected: int | None,
    turn: int,
    value: bytes,
    desk: DeskItem | None = None,
) -> Held | None:
    return await sessions.save(owner, "c1", expected=expected, turn=turn, value=value, desk=desk)


async def drop(
    sessions: Sessions, owner: Owner, expected: int | None, desk: DeskItem | None = None
) -> Held | None:
    return await sessions.save(
        owner, "c1", expected=expected, turn=0, value=b"", desk=desk, drop=True
    )
