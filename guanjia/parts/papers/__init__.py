"""Papers: the official forms of the Book as PDF, with the trade's exact titles, fields, order and signatures.

`render("F-REPAIR", values, printed_by=…, at=…)` prints one filled form, `blank=True` an empty one for the pen
(power cuts), `blank_register` an empty register of a page, `register("F-CALL", rows, …)` many entries as a table.
Printed forms are Simplified Chinese whatever the reader's language (`records.on_paper`); who signs in which line is
said in `signing`. A printing belongs in an event of the thing's own operation; this part only makes the sheet.
"""

from .printing import UnknownField, blank_register, register, render

__all__ = ["UnknownField", "blank_register", "register", "render"]
