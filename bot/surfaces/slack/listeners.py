"""What happens when somebody asks for a window, submits one or presses a button.

An answer to a question travels in the HTTP response, with no call to Slack on its way. Buttons
have no such answer: Slack takes an empty one and is asked to draw the modal again.
"""

import secrets
from dataclasses import dataclass, field

import structlog
from slack_bolt.response import BoltResponse

from bot.conversation import Conversation, Practitioner, Shown
from bot.reception import Reception, Visit
from bot.surfaces.slack.again import Screens
from bot.surfaces.slack.answers import ephemeral, next_screen, nothing, once_more, updated
from bot.surfaces.slack.api import NotDone, SlackApi
from bot.surfaces.slack.blocks import Json
from bot.surfaces.slack.drawing import Drawing
from bot.surfaces.slack.home import Home
from bot.surfaces.slack.modal import OpenModal
from bot.surfaces.slack.page_screens import FORM, HOME
from bot.surfaces.slack.payloads import Asked, Command, Press, Shortcut, Submission
from bot.surfaces.slack.read import place_of, pressed, room_of, submitted, way_of
from bot.surfaces.slack.screens import draw, try_again, warned, why_below, why_page
from dialogs import desk
from dialogs.lines import EMERGENCY
from dialogs.views import DangerView, DoneView, ExpiredView, QuestionView, TryAgainView

log = structlog.get_logger(__name__)

COULD_NOT_OPEN = (
    "Share Check could not open its window just now. Type `/share-check` again. "
    "If someone is in danger, call 999 now."
)
WENT_WRONG = (
    f"Something went wrong on our side, reference {{reference}}. Nothing is lost. {EMERGENCY}"
)


@dataclass(frozen=True, slots=True)
class Listeners:
    """One listener for each kind of request; Bolt calls them by the names of their arguments."""

    reception: Reception
    api: SlackApi
    drawing: Drawing
    home: Home
    screens: Screens = field(default_factory=Screens)

    @property
    def conversation(self) -> Conversation:
        """The checks."""
        return self.reception.conversation

    async def commanded(self, asked: Command) -> BoltResponse:
        """Open what the command asks for."""
        shown = await self.reception.open(asked.who, asked.text)
        try:
            await self.api.open_view(asked.who.tenant, asked.trigger_id, self._drawn(shown))
        except NotDone as problem:
            log.warning("slack.view_not_opened", why=type(problem).__name__)
            return ephemeral(COULD_NOT_OPEN)
        return nothing()

    async def shortcut(self, asked: Shortcut) -> BoltResponse:
        """Open the first screen; where that fails, a direct message says what to do."""
        shown = await self.reception.open(asked.who, "start")
        team = asked.who.tenant
        if not await self.drawing.open(team, asked.trigger_id, self._drawn(shown)):
            await self._tell(asked, COULD_NOT_OPEN)
        return nothing()

    async def submitted(self, asked: Submission) -> BoltResponse:
        """Take the answer, and answer with the next screen."""
        if asked.view.callback_id == FORM:
            shown = await self.reception.visit(asked.who, *room_of(asked.view))
            return self._next(asked, shown)
        place = place_of(asked.view)
        event = submitted(asked.view, place.turn)
        if event is None:
            return nothing()
        shown = await self.conversation.take(asked.who, place.check, event)
        self._desk_changed(asked.who, shown)
        return self._next(asked, shown)

    async def pressed(self, asked: Press) -> BoltResponse:
        """Do what the button stands for, and draw the modal again."""
        if asked.view is None or asked.view.type == HOME:
            return await self._opened_by(asked)
        if asked.action.action_id == "why":
            return await self._why(asked, asked.view)
        shown = await self._outcome(asked, asked.view)
        if shown is not None:
            self._desk_changed(asked.who, shown)
            await self._again(asked, asked.view, shown)
        return nothing()

    def late(self, asked: Asked) -> BoltResponse:
        """The answer when there is no time left for another one."""
        log.warning("slack.answer_late")
        match asked:
            case Command():
                return ephemeral(COULD_NOT_OPEN)
            case Submission():
                return once_more(asked.view)
            case Press(view=OpenModal(type="modal")):
                self.drawing.meanwhile(self._tell(asked, try_again("the button")))
            case Press() | Shortcut():
                self.drawing.meanwhile(self._tell(asked, COULD_NOT_OPEN))
            case _:
                pass  # Nobody waits for an answer to what happened or was closed.
        return nothing()

    async def failed(self, error: Exception, asked: Asked) -> BoltResponse:
        """The last resort: whatever broke, say that nothing is lost, and whom to call."""
        reference = secrets.token_hex(4)
        log.error("slack.request_failed", reference=reference, exc_info=error)
        text = WENT_WRONG.format(reference=reference)
        match asked:
            case Command():
                return ephemeral(text)
            case Submission():
                return updated(warned(asked.view, text))
            case Press() | Shortcut():
                await self._tell(asked, text)
            case _:
                pass
        return nothing()

    async def _outcome(self, asked: Press, view: OpenModal) -> Shown | None:
        who, named = asked.who, asked.action.value or ""
        if way := way_of(asked.action, view):
            return await self.reception.visit(who, *way)
        match asked.action.action_id:
            case "restart":
                return await self.conversation.begin(who)
            case "resume":
                return await self.conversation.resume(who, named)
            case "delete":
                return await self.reception.visit(who, desk.ROOM, Visit("delete", named))
            case action_id:
                event = pressed(action_id, view)
        check = place_of(view).check
        return None if event is None else await self.conversation.take(who, check, event)

    async def _why(self, asked: Press, view: OpenModal) -> BoltResponse:
        """A page on top of the question, unless the check has moved on from it."""
        place = place_of(view)
        if place.turn == 0:
            # A check is not stored before its first answer, and its first question never differs.
            shown = await self.conversation.begin(asked.who)
        else:
            shown = await self.conversation.resume(asked.who, place.check)
        if isinstance(shown.view, DangerView | QuestionView) and shown.turn == place.turn:
            page, below = why_page(shown.view), warned(view, why_below(shown.view))
            await self.drawing.push(asked.who.tenant, asked.trigger_id, page, view, below)
        else:
            await self._again(asked, view, shown)
        return nothing()

    async def _opened_by(self, asked: Press) -> BoltResponse:
        """A button under a message, or on the Home tab, opens a modal."""
        shown, team = None, asked.who.tenant
        if way := way_of(asked.action, None):
            shown = await self.reception.visit(asked.who, *way)
        elif asked.action.action_id == "decide" and asked.action.value:
            asks = Visit("decide", asked.action.value)
            shown = await self.reception.visit(asked.who, desk.ROOM, asks)
        if shown is None:
            return nothing()
        self._desk_changed(asked.who, shown)
        if not await self.drawing.open(team, asked.trigger_id, self._drawn(shown)):
            await self._tell(asked, COULD_NOT_OPEN)
        return nothing()

    async def _tell(self, asked: Press | Shortcut, text: str) -> None:
        """Say it where the button is: in its modal, below its message, or else directly."""
        team = asked.who.tenant
        match asked:
            case Press(view=OpenModal(type="modal") as view):
                await self.drawing.update(team, view, warned(view, text))
            case Press(response_url=str(url)) if url:
                await self.drawing.respond(url, text)
            case _:
                await self.drawing.post(team, asked.user.id, {"text": text})

    async def _again(self, asked: Press, view: OpenModal, shown: Shown) -> None:
        again = (
            warned(view, try_again("the button"))
            if isinstance(shown.view, TryAgainView)
            else self._drawn(shown)
        )
        await self.drawing.update(asked.who.tenant, view, again)

    def _desk_changed(self, who: Practitioner, shown: Shown) -> None:
        """What is recorded or deleted no longer waits on the Home tab, open or not."""
        match shown.view:
            case DoneView() | ExpiredView(why="deleted"):
                self.home.show_later(who)
            case _:
                pass

    def _next(self, asked: Submission, shown: Shown) -> BoltResponse:
        return next_screen(asked.view, shown, self.conversation.shelf.today(), self.screens)

    def _drawn(self, shown: Shown) -> Json:
        return draw(shown, self.conversation.shelf.today())
