"""Kazakh writes decimals with a comma, as Russian does; Django has no Kazakh formats."""

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
