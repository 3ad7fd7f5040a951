"""The relay between somebody who asks without a name and the advisers who answer.

Theory. A question is found again by its code alone: what is stored is a digest of the code, an id
made from it, and words sealed under a key of the question's own. Where the bot is to deliver, one
more value is stored, the route, sealed under another key; it goes when the question is closed.
Nothing an asker does shows in the advisers' channel before the next release, and there in an order
that has nothing to do with the order in which it came.
"""
