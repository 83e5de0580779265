/**
 * What woven code calls, visible to every class loader, and the way in. Everything else of the
 * agent lives in a class loader of its own.
 */
@NullMarked
package dev.fettle.boot;

import org.jspecify.annotations.NullMarked;
