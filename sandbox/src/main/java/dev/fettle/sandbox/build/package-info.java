/** How projects are read: by their own builds, on a copy. */
@NullMarked
package dev.fettle.sandbox.build;

import org.jspecify.annotations.NullMarked;
