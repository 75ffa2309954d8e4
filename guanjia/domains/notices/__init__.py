"""Notices 通知宣传: what the centre tells the residents of the project, or of some of its buildings. A colleague
*drafts* it, a lead who did not write it *publishes* it; it stands in the residents' pages and goes out by the ways that
are set up, where it is wanted. *Take down* ends it, and what had not gone out yet stays in the house.
"""
