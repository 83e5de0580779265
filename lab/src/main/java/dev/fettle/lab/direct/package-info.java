/**
 * Runs test methods by direct calls: the same instances, fixtures, rules and parameters as under
 * the project's test framework, without its discovery, listeners and reports.
 */
@NullMarked
package dev.fettle.lab.direct;

import org.jspecify.annotations.NullMarked;
