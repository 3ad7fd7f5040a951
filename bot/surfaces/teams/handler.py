"""What happens when somebody presses a button, types something, or installs the app.

An answer to a question travels in the answer to the invoke, with no call to Teams on its way.
"""

import structlog
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.schema import Activity, Attachment

from bot.conversation import Shown
from bot.reception import Reception
from bot.register.database import RegisterUnavailable
from bot.sessions import Unavailable
from bot.surfaces.teams.adapter import Drawn, answer, asked_in
from bot.surfaces.teams.answers import NOT_SAVED, with_card, with_words
from bot.surfaces.teams.book import Book
from bot.surfaces.teams.calls import NotDone, Refused
from bot.surfaces.teams.cards import draw
from bot.surfaces.teams.channels import elsewhere, neutral
from bot.surfaces.teams.chats import Chats
from bot.surfaces.teams.offers import Offer, is_unremembered, offer_of
from bot.surfaces.teams.payloads import Installed, Moved, Pressed, Written
from bot.surfaces.teams.pieces import CARD, VERB, Json
from bot.surfaces.teams.place import MESSAGE, At, place_of
from bot.surfaces.teams.plain import plain_words
from bot.surfaces.teams.presses import Presses, has_moved_on, is_of_a_check
from bot.surfaces.teams.typed import (
    IN_A_FORM,
    Press,
    Say,
    Understood,
    once_more,
    understood,
)
from dialogs.views import TryAgainView
from dialogs.visible import visible

log = structlog.get_logger(__name__)

COMMANDS = ("/share-check", "share-check", "/sharecheck")
SUMMARY = "Share Check"
MOVED_ON = "Your check had moved on since, so that was not taken. It stands here now."
BELOW = "It is below, in a card of its own."
FORMS = ("decision", "go")


class CheckHandler(ActivityHandler):
    """One method for each kind of activity; botbuilder calls them."""

    def __init__(self, reception: Reception, chats: Chats, book: Book, app_id: str | None) -> None:
        """Keep what every method needs."""
        self._reception = reception
        self._presses = Presses(reception)
        self._chats = chats
        self._book = book
        self._app_id = app_id or ""

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        """A button of a card: the answer is the card as it stands now."""
        asked = asked_in(turn_context)
        assert isinstance(asked, Pressed)
        if not asked.personal and is_of_a_check(asked.verb):
            answer(turn_context, with_card(elsewhere(self._app_id)))
            return
        shown = await self._presses.take(asked.who, asked.verb, asked.data)
        if isinstance(shown.view, TryAgainView) and place_of(asked.data).view in FORMS:
            answer(turn_context, with_words(NOT_SAVED))
            return
        card = self._drawn(shown)
        if place_of(asked.data).view == MESSAGE and await self._sent(turn_context, card):
            # The message with the advice is for keeping, so its button leads to a card of its own.
            answer(turn_context, with_words(BELOW))
            return
        answer(turn_context, with_card(card))

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Something typed, or a button of a client that sends its buttons as messages."""
        asked = asked_in(turn_context)
        assert isinstance(asked, Written)
        try:
            if not asked.personal:
                await turn_context.send_activity(_said(neutral(self._app_id)))
            elif asked.value is not None and VERB in asked.value:
                await self._submitted(turn_context, asked)
            else:
                await self._typed(turn_context, asked)
        except NotDone as problem:
            log.warning("teams.message_not_sent", why=type(problem).__name__)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Somebody came or left; what matters to us is whether we did."""
        asked = asked_in(turn_context)
        assert isinstance(asked, Moved)
        if asked.bot_left and asked.personal:
            await self._forget(asked)

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        """The app was installed or removed; a person is greeted once, a channel never."""
        asked = asked_in(turn_context)
        assert isinstance(asked, Installed)
        if not asked.personal:
            return
        if asked.removed:
            await self._forget(asked)
        elif asked.action == "add":
            shown = await self._reception.open(asked.who, "help")
            await self._sent(turn_context, self._drawn(shown))

    async def _submitted(self, context: TurnContext, asked: Written) -> None:
        """Put the next card into the place of the one that was pressed."""
        data = dict(asked.value or {})
        verb = str(data.pop(VERB))
        shown, view = await self._presses.take(asked.who, verb, data), place_of(data).view
        if isinstance(shown.view, TryAgainView) and view in FORMS:
            await context.send_activity(_said(NOT_SAVED))
            return
        card = self._drawn(shown)
        if asked.reply_to_id and view != MESSAGE:
            activity = _card(card)
            activity.id = asked.reply_to_id
            try:
                await context.update_activity(activity)
            except Refused:
                await context.send_activity(_card(card))
            return
        await context.send_activity(_card(card))

    async def _typed(self, context: TurnContext, asked: Written) -> None:
        # A picture without a word is nothing that could be answered.
        word, _, rest = (asked.words or "help").partition(" ")
        if word.lower() in COMMANDS:
            await self._open(context, asked, rest)
            return
        try:
            offer = await self._chats.offered(asked.who)
        except Unavailable:
            if not self._reception.knows(word.lower()):
                # It may be an answer, so a page of help would be beside the point.
                emergency = self._reception.conversation.emergency
                await self._send(context, self._drawn(Shown(None, 0, TryAgainView(emergency))))
                return
            offer = None
        if offer and asked.words.lower() == "text":
            await self._in_words(context, asked, offer)
            return
        meant = self._meant(offer, asked.words, word.lower())
        match meant:
            case Press(verb, data):
                shown = await self._presses.take(asked.who, verb, data)
                stale = has_moved_on(place_of(data), shown)
                await self._tell(context, asked, shown, MOVED_ON if stale else "")
            case Say(text, then):
                await self._chats.offer(asked.who, then)
                await context.send_activity(_said(text))
            case None:
                await self._open(context, asked, asked.words or "help")

    async def _in_words(self, context: TurnContext, asked: Written, offer: Offer) -> None:
        """All that the card says; it may have moved on since it was sent."""
        at = place_of(offer.buttons[0].data) if offer.buttons else At()
        if at.check and (shown := await self._presses.standing(asked.who, at)):
            await self._tell(context, asked, shown, "")
            return
        await context.send_activity(_said(offer.words))

    def _meant(self, offer: Offer | None, words: str, first: str) -> Understood:
        """What was typed means, where the chat stands; nothing, if it asks for something else."""
        if offer is None:
            return None
        if first == "help":
            # What was filled in so far is not lost for having asked.
            return once_more(offer, IN_A_FORM) if offer.asking is not None else None
        meant = understood(offer, words)
        return meant if meant or self._reception.knows(first) else once_more(offer)

    async def _open(self, context: TurnContext, asked: Written, text: str) -> None:
        """A sub-command is answered with a card, which can also be answered by typing."""
        card = self._drawn(await self._reception.open(asked.who, text))
        await self._chats.offer(asked.who, offer_of(card))
        await self._send(context, card)

    async def _tell(self, context: TurnContext, asked: Written, shown: Shown, first: str) -> None:
        """What is typed is answered in words; the card above is drawn anew when it is pressed."""
        card = self._drawn(shown)
        await self._chats.offer(asked.who, offer_of(card))
        if is_unremembered(card):
            await self._send(context, card)
            return
        await context.send_activity(_said(f"{first}\n{plain_words(card)}".strip()))

    async def _send(self, context: TurnContext, card: Json) -> None:
        await context.send_activity(_card(card))

    async def _sent(self, context: TurnContext, card: Json) -> bool:
        try:
            await self._send(context, card)
        except NotDone as problem:
            log.warning("teams.message_not_sent", why=type(problem).__name__)
            return False
        return True

    async def _forget(self, asked: Installed | Moved) -> None:
        try:
            await self._book.forget(asked.tenant, asked.sender.id)
        except RegisterUnavailable:
            log.warning("teams.reference_not_forgotten")

    def _drawn(self, shown: Shown) -> Json:
        return draw(shown, self._reception.conversation.shelf.today())


def _card(card: Json) -> Activity:
    attachment = Attachment(content_type=CARD, content=Drawn(card))
    return Activity(type="message", summary=SUMMARY, attachments=[attachment])


def _said(text: str) -> Activity:
    return Activity(type="message", text=visible(text), text_format="plain")
