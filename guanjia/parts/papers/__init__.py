"""Papers: the official forms of the Book as PDF, with the trade's exact titles, fields, order and signatures.

`render("F-REPAIR", values, printed_by=…, at=…)` prints one filled form, `blank=True` an empty one for the pen
(power cuts), `blank_register` an empty register of a page, `register("F-CALL", rows, …)` many entries as a table.
Of a record a room draws them by its `Press` (heading, number, seal, the code that leads back), in a function that
`web.sheets.paper` declares: that puts the printing on record. Who signs in which line is said in `signing`.
"""

from .printing import UnknownField, blank_register, register, render

__all__ = ["UnknownField", "blank_register", "register", "render"]
