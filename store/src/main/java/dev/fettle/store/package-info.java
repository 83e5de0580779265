/** Knowledge and journal in SQL: SQLite by default. Decides nothing. */
@NullMarked
package dev.fettle.store;

import org.jspecify.annotations.NullMarked;
