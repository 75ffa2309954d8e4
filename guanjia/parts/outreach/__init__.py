"""Telling people: a notice inside the program, and e-mail through the outbox.

A notice says what kind of thing happened to which thing; it holds numbers and ids, never a name, a phone or what
somebody wrote: the page looks the thing up when it is read. A message is one e-mail to one person, sent by the worker
and never by the act that caused it; without a mail server nothing is sent and nothing fails. Who is told what stands in
`config/telling.py`. Words: notice, message, wish (whether and when somebody wants e-mail), source (what it is of).
"""
