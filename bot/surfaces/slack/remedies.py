"""What somebody can do when Slack refuses a message for good."""

GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""An earlier message cannot be edited any more; a new one says it instead."""

CHANNEL = "Check that SUMMARY_CHANNEL is the id of a channel in this workspace, then resend."
REINSTALL = "Install the app again, set SLACK_BOT_TOKEN to its new token, then resend."
TOO_LONG = "Shorten the texts of the policy that this message quotes, then resend."
PERSON = "The person cannot be written to in Slack any more: resolve this row."
OTHER = "Look the code up under chat.postMessage in Slack's documentation, mend it, then resend."

REMEDIES = {
    "channel_not_found": f"{CHANNEL} Invite the app first if the channel is private.",
    "not_in_channel": "Invite the app to the channel (/invite @Share Check), then resend.",
    "is_archived": "Unarchive the channel or set SUMMARY_CHANNEL to another one, then resend.",
    "restricted_action": "Ask a workspace admin to let the app post in this channel, then resend.",
    "msg_too_long": TOO_LONG,
    "msg_blocks_too_long": TOO_LONG,
    "invalid_blocks": TOO_LONG,
    "account_inactive": REINSTALL,
    "token_revoked": REINSTALL,
    "token_expired": REINSTALL,
    "invalid_auth": REINSTALL,
    "not_authed": REINSTALL,
    "not_installed": "Install the app in this workspace again, then resend.",
    "missing_scope": "Add the scopes of the app's manifest, install it again, then resend.",
    "user_not_found": PERSON,
    "user_disabled": PERSON,
    "cannot_dm_bot": PERSON,
}


def remedy(code: str) -> str:
    """What to do about an error code, in words."""
    return REMEDIES.get(code, OTHER)
