"""Where practitioners meet the bot: a surface reads events, draws views, and knows no other."""
