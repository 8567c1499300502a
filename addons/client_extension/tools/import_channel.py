"""Where pages hear over the bus that an import, or a search, has moved."""

#: what a page asks to hear of
CHANNEL = "client_extension.imports"
#: part of the channels of a user and of a company that only importers listen to
BUS_CHANNEL = "client_imports"
#: who may import, and so listen
GROUP = "client_extension.group_client_importer"
