"""Where the tables of main and of the vault are listed, each in a schema of its own."""

from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

_NAMES = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class MainTable(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))):
    """A table of main: nothing in it says who a resident is."""


class VaultTable(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))):
    """A table of the vault: whatever could name a resident is sealed."""
