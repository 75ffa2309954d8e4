"""Where the house is put together: settings, addresses, permissions, navigation, reactions.

Read this folder first. It is the only layer that knows every other one; no rule lives here, only
who may do what (`permissions`), what follows from what (`reactions`) and where it is found (`urls`).
"""
