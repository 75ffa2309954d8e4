"""Gifts 礼品: what a resident gives and nobody may keep. Whoever *receives* one that could not be declined registers
it; a superior takes it over (*hand over*, before the shift ends), and says what became of it (*dispose*).
"""
