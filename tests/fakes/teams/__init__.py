"""A strict fake of the Bot Connector and of Teams around it, for tests."""

from .errors import NotOnCard, TeamsWouldShow
from .faults import Fault
from .person import Person
from .server import FakeTeams
from .signing import Signer

__all__ = ["FakeTeams", "Fault", "NotOnCard", "Person", "Signer", "TeamsWouldShow"]
