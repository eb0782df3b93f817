"""Where the lines of a chart go: numbers in, places on a sheet of paper out (viewBox units, y downwards).

A Sheet carries one of these in `chart`; its `template` draws it above the sheet's table. Words come from the caller, in
the reader's language: `title` says what is drawn, `told` what is to be seen in it.
"""

from desk.reports.rules.drawing.bands import Bands
from desk.reports.rules.drawing.bars import Bars
from desk.reports.rules.drawing.lines import Lines
from desk.reports.rules.drawing.parts import Parts
from desk.reports.rules.drawing.xmr import Xmr

Chart = Bands | Bars | Lines | Parts | Xmr
