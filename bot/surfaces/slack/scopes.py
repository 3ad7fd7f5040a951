"""What the app may do in a workspace, and why: the manifest, the guide and the code hold to it."""

SCOPES = {
    "commands": "so that people can type /share-check and find its shortcut",
    "chat:write": "to post summaries, and to send advice and reminders as direct messages",
    "im:write": "to open the direct message in which the advice is kept",
    "im:history": (
        "to hear that somebody wrote to it, and, after a lost connection, to look whether a "
        "direct message is there before it is sent again"
    ),
    "channels:history": "the same look for a message in a public channel that the app is in",
    "groups:history": "the same look for a message in a private channel that the app is in",
    "channels:read": "to see whether it is in a public channel that was chosen, and who else is",
    "groups:read": "the same for a private channel, such as the advisers'",
    "channels:join": "to join a public channel that an admin chose for summaries",
    "app_mentions:read": "to answer whoever mentions it with the way in",
    "users:read": "to see whether somebody administers the workspace, and how many people it has",
}
"""Each scope of the bot's token with its reason."""

EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")
"""What Slack tells the app of without being asked."""
