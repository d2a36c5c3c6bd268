"""The yearly report of a city or a unit: one board of figures, laid out as a page, a workbook or a paper."""
