/** Reports about the build itself. */
@NullMarked
package dev.fettle.testkit.report;

import org.jspecify.annotations.NullMarked;
