"""What compliance brings to the page of every clause that is measured."""

from guanjia.parts.standards import panels as clause_panels

from . import panels

clause_panels.beside("compliance/clause_beside.html", panels.clause)
clause_panels.below("compliance/clause_charts.html", panels.drawn)
