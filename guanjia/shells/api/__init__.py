"""The API: the same operations and queries over HTTP, for programs.

*Things* are the kinds that have a subject label (`cases`, `houses` …), read through `visible_to`; *operations* are
posted to them with an `Idempotency-Key`; the operation's form is the only definition of input, and
`/api/openapi.json` is generated from it. A caller signs in with a bearer token and is read anew at each request, so
a right that ends, ends now. Every answer that is not success is a problem (RFC 9457) in the caller's language.
"""
