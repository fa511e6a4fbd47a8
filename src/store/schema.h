/* schema: the tables of both databases, as numbered steps that only go forward. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/database.h"

typedef enum SchemaKind { SCHEMA_MAIN, SCHEMA_KEYS } SchemaKind;

/* Brings the database to the newest version, a transaction a step. A database that a newer program wrote is refused. */
bool schema_migrate(Database *database, SchemaKind kind, Str file, Errors *errors) CHECKED;

#endif
