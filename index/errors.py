"""Every error the two libraries raise on purpose.

    DragomanError                 catch this one in an interface
    ├── SettingsError             a setting, flag or environment variable is missing or wrong
    ├── SourceError               one input item could not be read; the run goes on (also yielded, never only raised)
    │   └── FetchError            a URL could not be fetched, and whether a later try makes sense (in fetch.py)
    ├── LibraryError              the library's folder: missing, locked, full, damaged, or made by a newer version
    │   ├── Busy                  another process is writing; the message names it
    │   ├── Damaged               its SQLite file cannot be read, or not all of it: `dragoman doctor` saves what can be
    │   └── WrongModel            the library was built with another embedding model
    ├── ModelError                an embedding or chat model could not be loaded or did not answer
    └── Stopped                   whoever asked did not want to wait for the answer

The message of each is one line for a person, and says what to do next. Foreign exceptions are translated where the foreign
library is called (`writer.py`, `chroma.py`, `e5.py`, `models.py`), so that nothing above them imports those libraries.
"""


class DragomanError(Exception):
    """Base of all errors raised on purpose. `str(error)` is one line for a person."""


class SettingsError(DragomanError):
    """A setting, a flag or an environment variable is missing or wrong."""


class SourceError(DragomanError):
    """One item could not be read. `str(error)` is "where: why"."""

    def __init__(self, where: str, why: str, *, items: int = 1) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where  # path, path:line, or URL, as the user wrote it
        self.why = why
        self.items = items  # that it stands for


class LibraryError(DragomanError):
    """The library's folder cannot be used."""


class Busy(LibraryError):
    """Another process held the writer's lock for longer than we wait."""


class Damaged(LibraryError):
    """SQLite cannot read its file, or not all of it."""


class WrongModel(LibraryError):
    """The library's vectors were made by another embedding model than the one configured."""


class ModelError(DragomanError):
    """An embedding or chat model could not be loaded, refused the key, or did not answer in time."""


class Stopped(DragomanError):
    """The work was stopped by whoever asked for it: nothing went wrong."""
