"""What each person has open: the stack of modal views, and the Home tab."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from . import limits
from .checking import Json
from .clock import MovableClock
from .echo import Names, echoed_view
from .errors import NotOnScreen, Refused
from .fields import Field, FieldKey, fields_of
from .surfaces import words_in


@dataclass(frozen=True, slots=True)
class OpenView:
    """One view at one moment, with what the person has filled in so far."""

    id: str
    user_id: str
    shape: Json
    hash: str
    root_id: str
    previous_id: str | None
    typed: Mapping[FieldKey, Json] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def callback_id(self) -> str:
        return str(self.shape["callback_id"])

    @property
    def private_metadata(self) -> str:
        return str(self.shape["private_metadata"])

    @property
    def title(self) -> str:
        return str(self.shape["title"]["text"]) if "title" in self.shape else ""

    @property
    def blocks(self) -> list[Json]:
        return list(self.shape["blocks"])

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(fields_of(self.shape["blocks"]))

    @property
    def words(self) -> str:
        """Everything there is to read, title first."""
        return "\n".join([self.title, *words_in(self.shape["blocks"])])

    def field(self, name: str | FieldKey) -> Field:
        """A field by its block id, or by block id and action id."""
        found = [each for each in self.fields if name in (each.block_id, each.key)]
        if len(found) != 1:
            shown = [each.key for each in self.fields]
            raise NotOnScreen(f"{self.callback_id} has {shown}, {len(found)} of them {name!r}")
        return found[0]

    def holds(self, held: Field) -> Json:
        return self.typed.get(held.key, held.at_first())

    def filled(self, values: Mapping[str | FieldKey, Any]) -> "OpenView":
        """The same view after the person filled in these fields."""
        fields = {name: self.field(name) for name in values}
        new = {fields[name].key: fields[name].holding(held) for name, held in values.items()}
        return replace(self, typed={**self.typed, **new})

    def marked(self, errors: Mapping[str, str]) -> "OpenView":
        """The same view with an error under some of its fields."""
        return replace(self, errors=dict(errors))

    def state(self) -> Json:
        values: Json = {}
        for each in self.fields:
            values.setdefault(each.block_id, {})[each.action_id] = self.holds(each)
        return {"values": values}

    def kept_for(self, blocks: Sequence[Json]) -> dict[FieldKey, Json]:
        """What stays filled in when these blocks take the place of the present ones.

        Slack keeps a value when block id and action id survive, and then ignores a new
        initial value: https://docs.slack.dev/reference/views/modal-views
        """
        before = {each.key: self.holds(each) for each in self.fields}
        return {
            each.key: before[each.key]
            for each in fields_of(blocks)
            if each.key in before and each.still_fits(before[each.key])
        }


class Screens:
    """The open views of everybody in a workspace."""

    def __init__(self, clock: MovableClock, names: Names) -> None:
        self._clock = clock
        self._names = names
        self._stacks: dict[str, list[OpenView]] = {}
        self._homes: dict[str, OpenView] = {}

    def stack(self, user_id: str) -> list[OpenView]:
        return self._stacks.setdefault(user_id, [])

    def home(self, user_id: str) -> OpenView | None:
        return self._homes.get(user_id)

    def find(self, view_id: str) -> OpenView | None:
        return next((view for view in self._everything() if view.id == view_id), None)

    def find_external(self, external_id: str) -> OpenView | None:
        held = (view for view in self._everything() if view.shape["external_id"] == external_id)
        return next(held, None) if external_id else None

    def open(self, user_id: str, view: Json) -> OpenView:
        self._refuse_taken_name(view, besides=None)
        opened = self._new(user_id, view, under=None)
        self._stacks[user_id] = [opened]
        return opened

    def push(self, user_id: str, view: Json) -> OpenView:
        stack = self.stack(user_id)
        if not stack:
            raise Refused("not_found")
        if len(stack) >= limits.VIEWS_IN_STACK:
            raise Refused("push_limit_reached")
        self._refuse_taken_name(view, besides=None)
        pushed = self._new(user_id, view, under=stack[-1])
        stack.append(pushed)
        return pushed

    def update(self, current: OpenView, view: Json) -> OpenView:
        self._refuse_taken_name(view, besides=current.id)
        shape = echoed_view(view, self._names)
        typed = current.kept_for(shape["blocks"])
        updated = replace(current, shape=shape, hash=self._hash(), typed=typed, errors={})
        self.put(updated)
        return updated

    def publish(self, user_id: str, view: Json) -> OpenView:
        current = self._homes.get(user_id)
        self._refuse_taken_name(view, besides=current.id if current else None)
        published = self._new(user_id, view, under=None)
        self._homes[user_id] = replace(published, id=current.id) if current else published
        return self._homes[user_id]

    def put(self, view: OpenView) -> None:
        """Show this version of a view that is open."""
        if view.shape["type"] == "home":
            self._homes[view.user_id] = view
        else:
            stack = self.stack(view.user_id)
            stack[:] = [view if held.id == view.id else held for held in stack]

    def close(self, view: OpenView) -> None:
        """Close a view and whatever lies on top of it."""
        stack = self.stack(view.user_id)
        ids = [held.id for held in stack]
        if view.id in ids:
            del stack[ids.index(view.id) :]

    def clear(self, user_id: str) -> None:
        self.stack(user_id).clear()

    def _everything(self) -> Iterator[OpenView]:
        for stack in self._stacks.values():
            yield from stack
        yield from self._homes.values()

    def _new(self, user_id: str, view: Json, under: OpenView | None) -> OpenView:
        new_id = self._names.make("V0")
        shape = echoed_view(view, self._names)
        root = under.root_id if under else new_id
        return OpenView(new_id, user_id, shape, self._hash(), root, under.id if under else None)

    def _refuse_taken_name(self, view: Json, besides: str | None) -> None:
        holder = self.find_external(view.get("external_id", ""))
        if holder is not None and holder.id != besides:
            raise Refused("duplicate_external_id")

    def _hash(self) -> str:
        return f"{int(self._clock.now())}.{secrets.token_hex(4)}"
