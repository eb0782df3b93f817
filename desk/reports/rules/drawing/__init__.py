"""Where the lines of a chart go: numbers in, places on a sheet of paper out (viewBox units, y downwards).

A Sheet carries one of these in `chart`; templates/reports/charts/<kind>.html draws it. Words come from the caller, in
the reader's language: `title` says what is drawn, `desc` what is to be seen in it. Ids on a page begin with `name`,
the sheet's card.
"""
