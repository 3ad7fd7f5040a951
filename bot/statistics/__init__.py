"""Counts that tell how the bot is used, and nothing about any one check."""

from bot.statistics.charts import chart
from bot.statistics.counting import gather
from bot.statistics.tables import NOTE, Statistics, Table

__all__ = ["NOTE", "Statistics", "Table", "chart", "gather"]
