"""The words on privacy: in chat, on the command line and in the docs, from one source."""

from pathlib import Path

from bot.reception import Reception
from bot.rooms import Visit
from bot.rooms.privacy import PrivacyRoom
from dialogs.enquiry import privacy
from dialogs.enquiry.words import read_words
from dialogs.pages import PageView
from tests.bot.server import run
from tests.bot.world import World, practitioner

ROOT = Path(__file__).parents[3]


async def test_the_sub_command_and_its_buttons_show_the_page(real: World) -> None:
    room = PrivacyRoom(real.conversation)
    reception = Reception(real.conversation, (room,))

    shown = await reception.open(practitioner(), "privacy please")
    again = await reception.visit(practitioner(), room.name, Visit("whatever"))

    assert isinstance(shown.view, PageView)
    assert shown == again
    assert shown.view.title == "What is kept"


def test_the_docs_hold_the_same_table() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text("utf-8")

    assert "\n".join(privacy.table(read_words())) in text


def test_the_command_prints_every_row(tmp_path: Path) -> None:
    done = run(tmp_path, "privacy")
    table = run(tmp_path, "privacy", "--markdown")

    assert (done.returncode, done.stderr) == (0, "")
    said = " ".join(done.stdout.split())
    for part, gives, spares in privacy.rows(read_words()):
        assert part in said
        assert gives in said
        assert spares in said
    assert table.stdout.splitlines() == privacy.table(read_words())
