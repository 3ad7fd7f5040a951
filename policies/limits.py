"""What a screen may hold, as numbers: the narrowest of Slack and Microsoft Teams for each thing.

Slack's figures are those of its Block Kit reference; Teams' are those of the Bot Framework.
`tests/fakes/slack` holds its own copy, so that a slip here does not hide there.
"""

TITLE = 24
"""Characters of a modal's title, and of its submit and close buttons (Slack)."""

OPTION_LABEL = 75
OPTION_DESCRIPTION = 75
"""Characters of a radio button's text and description (Slack)."""

OPTIONS = 10
"""Radio buttons in one group (Slack)."""

QUESTION_TEXT = 150
"""Characters of a question: it may stand as a header (Slack)."""

HEADLINE = 150
"""Characters of a header block (Slack)."""

HINT = 400
"""Characters of a hint under a question; Slack allows 2,000, a tired reader fewer."""

GLOSS = 240
"""Characters of what a word means: one or two short sentences."""

PARAGRAPH = 1_200
"""Characters of one paragraph; a Slack section holds 3,000, escaped."""

STORY = 6
CASES = 20
"""Paragraphs of a made-up case, and cases of one pack: practice takes two minutes, not twenty."""

MODAL_BLOCKS = 100
MESSAGE_BLOCKS = 50
"""Blocks in a modal and in a message (Slack)."""

PRIVATE_METADATA = 3_000
"""Characters of a view's private metadata (Slack)."""

CARD_BYTES = 20_000
"""Bytes of JSON of one Adaptive Card (Teams counts UTF-16: 40 KB)."""

PATHS = 200_000
PACK_BYTES = 256 * 1024
"""A pack beyond either is refused: nobody could read it, and its proof would take too long."""

QUESTIONS = 60
ARROWS = 60
"""Questions of a pack, and options of one with all their conditions: nobody under pressure answers
more, no author can oversee more, and recursion stays shallow."""

COUNTING = 8_000
"""Options looked at, in every situation that conditions tell apart, before we stop counting."""
