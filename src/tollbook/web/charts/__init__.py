"""Pictures: geometry that the pages draw with, and whole SVG documents for reports (``tollbook plot``)."""

from tollbook.web.charts.axes import Bar, Scale, Tick, scale
from tollbook.web.charts.locator import locator
from tollbook.web.charts.svg import Svg
from tollbook.web.charts.time import MOST_DOTS, Column, Dot, Dots, columns, dots

__all__ = ["MOST_DOTS", "Bar", "Column", "Dot", "Dots", "Scale", "Svg", "Tick", "columns", "dots", "locator", "scale"]
