"""Webhooks out: another program of the company is told what happened, soon after it happened.

A *subscription* names an https address and the events it wants; each event becomes a *delivery*, queued with the change
and posted by the worker, signed after the Standard Webhooks specification (`webhook-id`, `webhook-timestamp`,
`webhook-signature`), tried again later each time, and kept in a log. A subscription whose deliveries keep failing is
paused. What is posted holds ids, states and times, never what a person is called or wrote: who may know more asks the
API. `signing.py` also checks the signatures of what comes in.
"""
