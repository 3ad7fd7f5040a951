"""Pieces of patterns that several rows of the table of recognisers share."""

import re

from dialogs.ordinary import CARDINALS, DIGITS, ORDINALS


def _words(alternatives: str) -> str:
    """One of these words; a look at the first letter saves trying each of them in turn."""
    initials = "".join(sorted({word[0] for word in re.findall(r"[a-z]+", alternatives)}))
    return rf"(?=[{initials}])(?:{alternatives})"


MONTHS = _words(
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
STREETS = (
    r"(?:street|st|road|rd|avenue|ave|lane|drive|crescent|terrace|gardens|grove|court|way|walk|"
    r"square|hill|park|row|mews|place|parade|rise|green|close|approach|view|quay|wharf|villas|"
    r"croft|vale|meadows?|cottages?|heights|broadway|circus|house|towers?|mansions?|lodge)"
)
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
PART = rf"[{UPPER}][^\W\d_A-Z]{{1,20}}"
CAPITALISED = rf"(?:[{UPPER}]')?{PART}(?:{PART})?(?:-{PART})?"
PARTICLES = r"(?:(?:van|von|der|den|de|la|el|al|bin|ibn|da|dos|du|ap)[ -]){0,2}"
NAMES = rf"{PARTICLES}{CAPITALISED}(?: {PARTICLES}{CAPITALISED}){{0,2}}"
HOUSE = r"\d{1,4}[A-Za-z]?(?:-\d{1,4}[A-Za-z]?)?"
TALK = _words(r"spoke|speak|talked|talk|wrote|listened") + " (?:to|with)"
KIN = _words(
    r"son|daughter|mum|mother|dad|father|brother|sister|partner|husband|wife|child|baby|boy|"
    r"girl|uncle|aunt|nan|friend|neighbour|patient|pupil|client|cousin|stepfather|stepmother|"
    r"step-?dad|step-?mum|grand(?:ma|mother|father|son|daughter|parent)|grand?dad|nana|niece|"
    r"nephew|twins?|boyfriend|girlfriend|carer|student|teenager|lad|toddler|sibling"
)
DIGIT = _words("|".join(DIGITS.split()))
ORDINAL = _words(rf"(?:(?:twenty|thirty)[ -])?(?:{'|'.join(ORDINALS.split())})")
SPELT_YEAR = (
    r"(?:,? (?P<year>(?:19|20)\d\d|(?:two thousand|nineteen|twenty)"
    rf"(?:[ -](?:and|{'|'.join(CARDINALS.split())})){{1,3}}))?"
)

# Words of birth with no other number between them and the date: "born 3 May 2015, seen 9 June".
BIRTH = r"\b(?=[bd])(?:born|b\.|d\.?o\.?b\.?|birth ?day|birth)[^\d\w]?[^\d]{0,30}$"

# That the next words say where somebody lives: "she lives at", "moved to number", "address:".
_DWELLING = _words(
    r"liv(?:e[sd]?|ing)|stay(?:s|ed|ing)?|mov(?:e[sd]?|ing)|resid(?:e[sd]?|ing|ent)|"
    r"lodg(?:e[sd]?|ing)|address|home|sleep(?:s|ing)|visit(?:s|ed|ing)?|placed|seen|rooms?|"
    r"refuge|caravan|hostel"
)
LIVES = (
    rf"\b{_DWELLING}\b[a-z ]{{0,20}}(?:\b(?:at|in|on|is|as|to|of|into|outside|near|round|by|given|"
    r"number|no\.?|plot \d{1,3},)|:|,) ?(?:no\.? |number )?$"
)
SYSTEMS = _words(
    r"liquid ?logic|mosaic|care ?first|system ?one|systm ?one|emis|rio|eclipse|ehm|lcs|ics|"
    r"cpoms|my ?concern|azeus|synergy|capita one|sims|pims"
)
FILES = _words(
    r"upn|uln|hospital|patient|passport|driving licen[cs]e|prison|home office|arc|"
    r"student|pupil|medical record|mrn|bank account|account|biometric"
)
FIRMS = _words(
    r"insta(?:gram)?|snap(?:chat)?|tik ?tok|face ?book|fb|twitter|discord|xbox|psn|roblox|"
    r"telegram|kik|reddit|youtube|twitch|steam|gamer ?tag|user ?name|handle|screen ?name"
)
