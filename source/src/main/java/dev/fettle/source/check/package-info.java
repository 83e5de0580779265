/**
 * The validation steps that read a patch without running anything: it applies, parses, stays in
 * scope and stays small.
 */
@NullMarked
package dev.fettle.source.check;

import org.jspecify.annotations.NullMarked;
