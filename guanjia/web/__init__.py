"""What every page is made of: style sheet, icons, components, layouts, the words for times and sums.

Knows no line of work. Pages of a room extend `web/page.html` or `web/phone.html` and are built from the components of
`templates/cotton/` (docs/components.md). The sheet is joined from one file a component (`sheet.py`); scripts are plain
modules; nothing inline, so that the content policy needs no exceptions. `/patterns/` shows every part in every state.
"""
