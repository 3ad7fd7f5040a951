"""A small room for tests: a page with a button, and a form that is read back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.register.database import RegisterUnavailable
from bot.rooms import Practitioner, Shown, Visit
from dialogs import forms
from dialogs.fields import Field
from dialogs.pages import FormView, PageView, Section, Way, way_to

FIELDS = (
    Field("kind", "Which kind?", "", "one", (("a", "The first"), ("b", "The second"))),
    Field("word", "One word", "Not more.", "line", required=True, most=10),
    Field("words", "More words", "", "text", most=50),
)


@dataclass
class Guestbook:
    """Remembers what it was given."""

    name: str = "guestbook"
    commands: Mapping[str, str] = field(default_factory=lambda: {"guests": "Write in the book"})
    written: list[dict[str, object]] = field(default_factory=list)

    async def enter(self, who: Practitioner, command: str) -> Shown:
        ways = (Way("Write something", self.name, "write", "book-1", confirm="Do you want to?"),)
        section = Section("Guests", ("<b>One</b> & <!channel>",), ("*two*",), ways, "the host")
        return Shown(None, 0, PageView("The book", (section,), (way_to("start", "Start"),)))

    async def take(self, who: Practitioner, visit: Visit) -> Shown:
        match visit.verb:
            case "write":
                return self._form(visit.value)
            case "sign":
                values, errors = forms.read(FIELDS, visit.form)
                if errors:
                    return self._form(visit.value, visit.form, errors)
                self.written.append({"about": visit.value, **values})
                return Shown(None, 0, PageView("Thank you", (Section(lines=("Written.",)),)))
            case "break":
                raise RegisterUnavailable
            case _:
                return await self.enter(who, "guests")

    def _form(
        self,
        about: str,
        form: Mapping[str, tuple[str, ...]] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> Shown:
        leave = (Way("Leave", self.name, "leave"),)
        view = FormView(
            title="Write",
            room=self.name,
            verb="sign",
            value=about,
            fields=FIELDS,
            submit="Sign",
            sections=(Section(lines=("Be kind.",)),),
            form=form or {},
            errors=errors or {},
            ways=leave,
            after=(Section("More", ("Nothing is printed.",)),),
        )
        return Shown(None, 0, view)
