"""Rows of the table of recognisers: secrets, numbers, dates and accounts."""

from dialogs import judges
from dialogs.fragments import BIRTH, DIGIT, FILES, FIRMS, MONTHS, ORDINAL, SPELT_YEAR, SYSTEMS
from dialogs.recogniser import row

NUMBERS = (
    row("secret", r"\bxox[abeoprs]-[\w-]{8,200}", judges.likely),
    row("secret", r"-----BEGIN [A-Z ]{0,40}-----", judges.likely),
    row(
        "secret",
        r"\bBearer {1,3}[\w.~+/-]{16,2000}|\beyJ[\w-]{10,1000}\.[\w-]{4,}",
        judges.likely,
    ),
    row("secret", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", judges.likely, cased=True),
    row(
        "secret",
        r"\b(?:pass(?:word|code|phrase)|pwd|pin|api.?key|secret)(?: is)? ?[:=] ?"
        r"(?P<seen>\S{4,100})",
        judges.likely,
    ),
    row(
        "secret",
        r"\b(?:pass(?:word|code|phrase)|pwd|pin) is (?P<seen>(?=\D{0,60}\d)[^\s,;]{4,100})",
        judges.likely,
    ),
    row("secret", r"\bpin(?: code| number)? (?P<seen>\d{4,8})\b", judges.likely),
    row(
        "secret",
        r"\b(?:key ?safe|door|entry|gate|alarm|access|lock)(?: code)?(?: is| was)?:? "
        r"(?P<seen>(?=[a-z]{0,4}\d)[a-z\d]{4,12})\b",
        judges.likely,
    ),
    row(
        "email",
        r"(?<![\w.%+'-])\w[\w.%+'-]{0,63}(?:@ ?| @ | ?[(\[] ?at ?[)\]] ?)[a-z0-9-]{1,63}"
        r"(?:(?:\.| ?[(\[] ?dot ?[)\]] ?| dot )[a-z0-9-]{2,63}){1,4}",
        judges.likely,
    ),
    row(
        "email",
        r"(?<![\w.%+'-])\w[\w.%+'-]{0,63}(?: dot \w{1,63}){0,3} at [a-z0-9-]{1,63}"
        r"(?: dot [a-z0-9-]{2,63}){1,4}",
        judges.possible,
    ),
    row(
        "nhs_number",
        r"(?<![\d+])(?<!\d[ .-])\d(?:[ ./-]{0,2}\d){9}(?![ .-]?\d)",
        judges.nhs_number,
        cues=r"\bn\.?h\.?s\b",
    ),
    row(
        "ni_number",
        r"(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
        r"(?:[ -]?\d\d){3}(?:[ -]?(?P<suffix>[A-D]))?(?!\w)",
        judges.ni_number,
        cues=r"national ins|\bnino\b|\bn\.?i\.?(?: (?:number|no|is|was)\b|:)",
    ),
    row(
        "phone",
        r"(?<![\w+])(?:(?:\+|00) ?44 ?(?:\(0\))?|\(?0)"
        r"(?P<national>(?:[ ().-]{0,2}\d){9,10})(?!\d)",
        judges.phone,
    ),
    row(
        "phone",
        r"(?<![\w+/])(?:0|44 ?)(?P<national>7\d{3}[ /-]?\d{3}[ -]?\d{3}|\d{2,4} ?/ ?\d{3,4}[ -]?"
        r"\d{3,4})(?![\d/])",
        judges.phone,
    ),
    row(
        "phone",
        r"(?<![\w+])7\d{3}(?P<mark>[ -]?)\d{3}[ -]?\d{3}(?!\d)",
        judges.bare_mobile,
        cues=r"\b(?:mob|phone|tel|ring|rang|call|text|whats ?app|number)",
    ),
    row("phone", rf"\b(?:{DIGIT}[ ,-]{{1,2}}){{8,14}}{DIGIT}\b", judges.possible),
    row("phone", r"(?<![\w+])\+(?!44)\d(?:[ ().-]{0,2}\d){7,14}(?!\d)", judges.likely),
    row(
        "postcode",
        r"(?<!\w)(?P<area>[A-Z]{1,2})\d[A-Z\d]?[ -]{0,2}\d[ABD-HJLNP-UW-Z]{2}(?!\w)",
        judges.postcode,
    ),
    *(
        row("date_of_birth", pattern, judges.date_of_birth, cues=BIRTH)
        for pattern in (
            (
                r"(?<![\w./-])(?P<day>\d\d?)(?P<mark>[/. -])(?P<month>\d\d?)(?P=mark)"
                r"(?P<year>(?:19|20)\d\d|\d\d)(?![\w/-])"
            ),
            (
                r"(?<![\w./-])(?P<year>(?:19|20)\d\d)[/.-](?P<month>\d\d?)[/.-](?P<day>\d\d?)"
                r"(?![\w/-])"
            ),
            r"(?<!\w)(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)(?!\w)",
            (
                rf"(?<!\w)(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)?[ -](?P<month>{MONTHS})\.?,?[ -]"
                r"(?P<year>(?:19|20)\d\d|\d\d)(?!\w)"
            ),
            (
                rf"(?<!\w)(?P<month>{MONTHS})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? "
                r"(?P<year>(?:19|20)\d\d)\b"
            ),
        )
    ),
    *(
        row("date_of_birth", pattern, judges.spelt_date, cues=BIRTH)
        for pattern in (
            rf"\b{ORDINAL}(?: of)? {MONTHS}\b{SPELT_YEAR}",
            rf"(?<![\w./-])\d\d?(?:st|nd|rd|th)?(?: of)? {MONTHS}\b{SPELT_YEAR}",
            rf"\b{MONTHS} (?:the )?(?:\d\d?(?:st|nd|rd|th)|{ORDINAL})\b{SPELT_YEAR}",
        )
    ),
)
ACCOUNTS = (
    row(
        "vehicle",
        r"(?<![\w-])[A-Z]{2}\d\d ?[A-Z]{3}(?![\w-])",
        judges.likely,
        cased=True,
    ),
    row(
        "vehicle",
        r"(?<![\w-])(?:[a-z]{2}\d\d ?[a-z]{3}|[a-z]\d{1,3} ?[a-z]{3})(?![\w-])",
        judges.cued_only,
        cues=r"\b(?:reg(?:istration|istered|\.)?|plates?|car|van|vehicle|driv\w{1,3})\b",
    ),
    row(
        "record",
        rf"\b{SYSTEMS}(?: (?:id|no|number|ref(?:erence)?|record|case|file|entry)){{0,2}}"
        r"[.:# ]{1,3}(?:is |was )?(?P<seen>[a-z]{0,3}[/-]?\d[\d/-]{4,15})\b",
        judges.likely,
    ),
    row(
        "record",
        rf"\b{FILES}(?: (?:id|no|number|ref(?:erence)?|record)){{0,2}}[.:# ]{{1,3}}(?:is |was )?"
        r"(?P<seen>[a-z]{0,3}[/-]?\d[\d/-]{4,15}[a-z]{0,2})\b",
        judges.likely,
    ),
    row("record", r"(?<!\w)[A-HJ-NP-RT-Z]\d{11}[\dA-Z](?!\w)", judges.likely, cased=True),
    row(
        "record", r"(?<!\w)[A-Z9]{5}\d{6}[A-Z9]{2}[\dA-Z][A-Z]{2}(?!\w)", judges.likely, cased=True
    ),
    row("record", r"(?<!\w)\d\d-\d\d-\d\d,? (?:and |account )?\d{8}(?!\d)", judges.likely),
    row(
        "handle",
        r"(?<![\w@.<])@(?!(?:here|channel|everyone)\b)\w[\w.]{1,28}\w",
        judges.likely,
    ),
    row(
        "handle",
        rf"\b{FIRMS}(?: (?:handle|name|account|user ?name|tag|id|as|under|is|was|called)){{0,3}}"
        r":? (?P<seen>(?=[a-z.]{0,29}[\d_.]\w)[\w.]{3,29}\w)",
        judges.likely,
    ),
    row(
        "handle",
        r"\b(?=[fitsxl])(?:facebook|instagram|tiktok|snapchat|twitter|x|linkedin)\.com/[\w.@/-]{2,60}",
        judges.likely,
    ),
)
