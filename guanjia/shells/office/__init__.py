"""The office 管理: staff, duty, districts, places, residents, rights, calendar, departments of a project.

Plain lists are registers; every change is an operation with its own form, reached from the page of its thing.
"""
