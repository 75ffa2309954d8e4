"""Gateways to the outside: one small interface, one module a provider.

A gateway is given a channel (address, account, secret) and a parcel (to whom, the words, the provider's template with
its fields). It answers with the provider's receipt, or raises one of three: `Later` (it was not taken; again later),
`Never` (it will never be taken) or `Unsure` (it was handed over and nobody knows). Whoever can ask the provider to drop
a second delivery of the same key says for how long (`same_key_for`): within that time, unsure means again.
"""

from .base import Field, Gateway, Later, Never, Parcel, Unsure, of, providers

__all__ = ["Field", "Gateway", "Later", "Never", "Parcel", "Unsure", "of", "providers"]
