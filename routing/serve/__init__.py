"""The page, the service and the tools for assistants: the library over HTTP and a protocol for tools.

`routing serve` is a page for one person on this machine, `routing serve --api` the interface for a program on
it, `routing mcp` the tools for an assistant. All three call `routing.library` and show the sections of
`routing.render`; none of them knows law, and none keeps a case: what a person answers stays in the memory of
the process, under a secret of its own, until it ends.
"""
