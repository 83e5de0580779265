/** What the code of a hot patch names: counters and late links, visible to every class loader. */
@NullMarked
package dev.fettle.boot.hotpatch;

import org.jspecify.annotations.NullMarked;
