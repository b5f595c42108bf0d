"""How are words found in a table's text, on SQLite and on PostgreSQL alike?

A table with an integer key and a column `text` is indexed: on SQLite by an FTS5 table beside it, kept in step by
triggers; on PostgreSQL by a GIN index of its English lexemes. Neither engine ever sees what a person typed as
syntax: the words are taken out first, so no query is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

HIT_START, HIT_END = "\x02", "\x03"
LONGEST_QUERY = 40  # terms; more say nothing and cost much

# PostgreSQL's English stop words: it never finds them, so SQLite is not asked for them either.
_STOP_WORDS = """
    i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her
    hers herself it its itself they them their theirs themselves what which who whom this that these
    those am is are was were be been being have has had having do does did doing a an the and but if or
    because as until while of at by for with about against between into through during before after
    above below to from up down in out on off over under again further then once here there when where
    why how all any both each few more most other some such no nor not only own same so than too very s
    t can will just don should now
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
_PHRASE = re.compile(r'["“”]([^"“”]*)["“”]')
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Terms:
    """What a person looks for: words in any order, and phrases. Empty where nothing can be looked for."""

    phrases: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.phrases)

    @property
    def for_sqlite(self) -> str:
        return " ".join(f'"{phrase}"' for phrase in self.phrases)


def find_terms(words: str) -> Terms:
    """The words and quoted phrases of what was typed; stop words alone are nothing."""
    words = words.replace("\x00", " ")
    quoted = [" ".join(_words_of(phrase)) for phrase in _PHRASE.findall(words)]
    loose = _words_of(_PHRASE.sub(" ", words))
    terms = [term for term in (*quoted, *loose) if term and not _only_stop_words(term)]
    return Terms(tuple(dict.fromkeys(terms))[:LONGEST_QUERY])


def _words_of(text: str) -> list[str]:
    # An apostrophe parts words in one engine and joins them in the other: parted here for both.
    return [part for word in _WORD.findall(text) for part in re.split(r"['’]", word) if part]


def _only_stop_words(term: str) -> bool:
    return all(word.lower() in STOP_WORDS for word in term.split())


def index_table(model: type[models.Model]) -> str:
    return f"{model._meta.db_table}_fts"


def matching(model: type[models.Model], terms: Terms, using: str = "default") -> RawSQL:
    """The keys of the rows that hold every term, for `filter(pk__in=...)`."""
    table = model._meta.db_table
    if connections[using].vendor == "sqlite":
        index = index_table(model)
        return RawSQL(f"SELECT rowid FROM {index} WHERE {index} MATCH %s", [terms.for_sqlite])  # noqa: S608, S611
    query, values = postgres_query(terms)
    return RawSQL(  # noqa: S611
        f"SELECT id FROM {table} WHERE to_tsvector('english'::regconfig, text) @@ ({query})",  # noqa: S608
        values,
    )


def postgres_query(terms: Terms) -> tuple[str, list[str]]:
    parts = ["phraseto_tsquery('english'::regconfig, %s)"] * len(terms.phrases)
    return " && ".join(parts), list(terms.phrases)


def ranked_keys(model: type[models.Model], terms: Terms, *, limit: int, using: str = "default") -> list[int]:
    """The keys of the best rows, best first; rows of equal worth in the order they were written."""
    connection = connections[using]
    table, index = model._meta.db_table, index_table(model)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"SELECT rowid FROM {index} WHERE {index} MATCH %s ORDER BY rank, rowid LIMIT %s",  # noqa: S608
                [terms.for_sqlite, limit],
            )
        else:
            query, values = postgres_query(terms)
            cursor.execute(
                f"SELECT id FROM {table}, (SELECT {query} AS q) AS asked"  # noqa: S608
                " WHERE to_tsvector('english'::regconfig, text) @@ q"
                " ORDER BY ts_rank(to_tsvector('english'::regconfig, text), q) DESC, id LIMIT %s",
                [*values, limit],
            )
        return [key for (key,) in cursor.fetchall()]


def mark_hits(model: type[models.Model], terms: Terms, keys: list[int], using: str = "default") -> dict[int, str]:
    """The text of each row with its hits between HIT_START and HIT_END."""
    if not keys:
        return {}
    connection = connections[using]
    table, index = model._meta.db_table, index_table(model)
    places = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"SELECT rowid, highlight({index}, 0, char(2), char(3)) FROM {index}"  # noqa: S608
                f" WHERE {index} MATCH %s AND rowid IN ({places})",
                [terms.for_sqlite, *keys],
            )
        else:
            query, values = postgres_query(terms)
            options = f"StartSel={HIT_START}, StopSel={HIT_END}, HighlightAll=true"
            cursor.execute(
                f"SELECT id, ts_headline('english'::regconfig, text, {query}, %s) FROM {table}"  # noqa: S608
                f" WHERE id IN ({places})",
                [*values, options, *keys],
            )
        return dict(cursor.fetchall())


def install_index(model: type[models.Model], using: str = "default") -> None:
    """Make the index where it is not there. Triggers are lost when a migration alters a SQLite table."""
    connection = connections[using]
    table, index = model._meta.db_table, index_table(model)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _install_sqlite(cursor, table, index)
        else:
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {index} ON {table}"
                " USING gin (to_tsvector('english'::regconfig, text))"
            )


def _install_sqlite(cursor: object, table: str, index: str) -> None:
    execute = cursor.execute  # type: ignore[attr-defined]
    execute("SELECT name FROM sqlite_master WHERE name LIKE %s", [f"{index}%"])
    standing = {name for (name,) in cursor.fetchall()}  # type: ignore[attr-defined]
    wanted = {index, f"{index}_added", f"{index}_removed", f"{index}_changed"}
    if wanted <= standing:
        return
    execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5(text, content='{table}', content_rowid='id',"
        " tokenize='porter unicode61 remove_diacritics 2')"
    )
    add = f"INSERT INTO {index}(rowid, text) VALUES (new.id, new.text)"  # noqa: S608
    remove = f"INSERT INTO {index}({index}, rowid, text) VALUES ('delete', old.id, old.text)"  # noqa: S608
    execute(f"CREATE TRIGGER IF NOT EXISTS {index}_added AFTER INSERT ON {table} BEGIN {add}; END")
    execute(f"CREATE TRIGGER IF NOT EXISTS {index}_removed AFTER DELETE ON {table} BEGIN {remove}; END")
    execute(
        f"CREATE TRIGGER IF NOT EXISTS {index}_changed AFTER UPDATE OF text ON {table} BEGIN {remove}; {add}; END"
    )
    execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")  # noqa: S608


def index_stands(model: type[models.Model], connection: BaseDatabaseWrapper) -> bool:
    index = index_table(model)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name IN (%s, %s)", [index, f"{index}_added"])
            return bool(cursor.fetchone()[0] == 2)
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = %s", [index])
        return bool(cursor.fetchone()[0] == 1)
