"""Imports 数据导入: a file of another system is read, mapped, checked, shown, and only then written, all or nothing.

What a file can hold is a `Kind` that a room above declares (houses and residents, staff): its columns, how its rows are
judged, how they are written. This part reads files safely, guesses which column is which, keeps what people decided,
names each wrong row in a sentence, writes in the background with progress, and takes an import back.
"""
