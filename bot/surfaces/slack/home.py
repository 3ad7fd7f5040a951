"""The Home tab: the desk, drawn when it is opened, and again when something on it has changed."""

from dataclasses import dataclass

from bot.conversation import Practitioner
from bot.reception import Reception
from bot.rooms import Visit
from bot.surfaces.slack.drawing import Drawing
from bot.surfaces.slack.page_screens import home_view
from dialogs import desk
from dialogs.pages import PageView


@dataclass(frozen=True, slots=True)
class Home:
    """Draws the desk of one person on their Home tab."""

    reception: Reception
    drawing: Drawing

    async def show(self, who: Practitioner) -> None:
        """The desk as it is now; what cannot be looked up is said to be so."""
        shown = await self.reception.visit(who, desk.ROOM, Visit("open"))
        page = (
            shown.view
            if isinstance(shown.view, PageView)
            else desk.unreached(self.reception.conversation.emergency)
        )
        await self.drawing.publish(who.tenant, who.person, home_view(page))

    def show_later(self, who: Practitioner) -> None:
        """The same, while the answer is on its way already."""
        self.drawing.meanwhile(self.show(who))
