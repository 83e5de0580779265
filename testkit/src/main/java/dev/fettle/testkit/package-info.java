/** Harnesses that run the real thing for tests of other rooms. Never on a main class path. */
@NullMarked
package dev.fettle.testkit;

import org.jspecify.annotations.NullMarked;
